import type { download as english } from './en';

export const download: Record<keyof typeof english, string> = {
  'download.menu': 'با خود ببرید',
  'download.menu.of': 'کارهای دیگر برای «{title}»',
  'download.as': 'به صورت پرونده',
  'download.copy': 'رونوشت از عددها',
  'download.copied': 'رونوشت شد.',
  'download.failed': 'انجام نشد: {reason}',
  'download.script': 'از خط فرمان',
  'download.script.copy': 'رونوشت از این خط',
  'download.making': 'در حال کشیدن…',
  'download.done': '{name} در میان بارگیری‌های شماست.',
  'download.list': 'همهٔ فهرست',
};
