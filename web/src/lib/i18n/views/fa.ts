import type { views as english } from './en';

export const views: Record<keyof typeof english, string> = {
  'views.menu': 'نماها',
  'views.mine': 'نماهای من',
  'views.others': 'نماهای دیگران',
  'views.none': 'هنوز نمایی از این صفحه ذخیره نشده است. دوره و فیلترها را انتخاب کنید و نامی به آن بدهید.',
  'views.save': 'ذخیرهٔ انتخاب کنونی',
  'views.name': 'نام نما',
  'views.owner': 'نام شما، تا دیگران بدانند نما از کیست',
  'views.default.choose': 'باز کردن این صفحه با آن',
  'views.default.of': 'باز کردن این صفحه با «{name}»',
  'views.rename.of': 'تغییر نام «{name}»',
  'views.remove.of': 'حذف «{name}»',
  'views.remove.sure': '«{name}» برای همه حذف شود؟',
  'views.remove': 'حذف',
  'views.keep': 'ذخیره',
  'views.cancel': 'انصراف',
};
