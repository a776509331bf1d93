import type { points as english } from './en';

export const points: Record<keyof typeof english, string> = {
  'chart.open-item': '{text}. سرگذشتش را باز کن.',
  'items.coming': 'در راه',
  'items.columns': 'ستون‌ها',
  'items.copy': 'رونوشت',
  'items.copied': '{n, plural, other {# سطر رونوشت شد}}',
  'items.copied-part': '{n, number} سطر نخست از {total, number} رونوشت شد؛ پرونده همه را دارد',
  'items.copy-failed': 'رونوشت نشد: {reason}',
  'item.wait': 'نزد {to} است و منتظر: {duration}',
  'item.legend.wait': 'انتظار پس از تحویل',
  'item.legend.link': 'از مورد دیگری آمد یا مورد دیگری شد',
  'item.link.came-from': 'آمده از {item}',
  'item.link.becomes': 'شده است {item}',
  'item.link.blocks': 'مانعِ {item} یا در بند آن',
  'item.link.relates': 'وابسته به {item}',
  'item.link.duplicates': 'همان {item}',
};
