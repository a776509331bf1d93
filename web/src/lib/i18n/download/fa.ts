import type { download as english } from './en';

export const download: Record<keyof typeof english, string> = {
  'download.menu.of': 'کارهای دیگر برای «{title}»',
  'download.as': 'به‌صورت فایل',
  'download.copy': 'کپی اعداد',
  'download.copied': 'کپی شد.',
  'download.failed': 'انجام نشد: {reason}',
  'download.script': 'از خط فرمان',
  'download.script.copy': 'کپی این خط',
  'download.making': 'در حال رسم…',
  'download.done': '{name} در پوشهٔ دانلودهای شماست.',
  'download.list': 'همهٔ فهرست',
};
