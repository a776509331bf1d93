import type { points as english } from './en';

export const points: Record<keyof typeof english, string> = {
  'chart.open-item': '{text}. باز کردن سرگذشت آن.',
  'items.coming': 'در راه',
  'items.on-paper': 'ردیف‌های {from, number} تا {to, number} از {total, number} روی این کاغذ است؛ فهرست دریافت‌شده کامل است.',
  'items.columns': 'ستون‌ها',
  'items.copy': 'کپی',
  'items.copied': '{n, plural, other {# سطر کپی شد}}',
  'items.copied-part': '{n, number} سطر اول از {total, number} کپی شد؛ فایل همه را دارد',
  'items.print': 'چاپ',
  'item.wait': 'نزد {to} است و منتظر: {duration}',
  'item.legend.wait': 'انتظار پس از ارجاع',
  'item.legend.link': 'از مورد دیگری آمده یا مورد دیگری شده',
  'item.link.came-from': 'برآمده از {item}',
  'item.link.becomes': 'تبدیل شده به {item}',
  'item.link.blocks': 'مانع {item} یا متوقف به خاطر آن',
  'item.link.relates': 'مرتبط با {item}',
  'item.link.duplicates': 'همان {item}',
};
