import type { views as english } from './en';

export const views: Record<keyof typeof english, string> = {
  'views.menu': 'نماها',
  'views.mine': 'نماهای من',
  'views.others': 'نماهای دیگران',
  'views.none': 'هنوز نمایی از این صفحه نگه داشته نشده است. بازه و پالایه‌ها را برگزینید و نامی به آن بدهید.',
  'views.save': 'نگه داشتن گزینش کنونی',
  'views.name': 'نام نما',
  'views.owner': 'نام شما، تا دیگران بدانند نما از کیست',
  'views.default.choose': 'این صفحه با آن باز شود',
  'views.default.of': 'این صفحه با «{name}» باز شود',
  'views.rename.of': 'تغییر نام «{name}»',
  'views.remove.of': 'برداشتن «{name}»',
  'views.remove.sure': '«{name}» برای همه برداشته شود؟',
  'views.remove': 'برداشتن',
  'views.keep': 'نگه داشتن',
  'views.cancel': 'انصراف',
};
