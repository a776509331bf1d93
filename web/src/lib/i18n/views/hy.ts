import type { views as english } from './en';

export const views: Record<keyof typeof english, string> = {
  'views.menu': 'Տեսքեր',
  'views.mine': 'Իմը',
  'views.others': 'Ուրիշներինը',
  'views.none': 'Այս էջի պահված տեսք դեռ չկա։ Ընտրեք ժամանակահատվածն ու զտիչները և անուն տվեք։',
  'views.save': 'Պահել ներկայիս ընտրությունը',
  'views.name': 'Տեսքի անունը',
  'views.owner': 'Ձեր անունը, որ ուրիշներն իմանան, թե ում տեսքն է',
  'views.default.choose': 'Բացել այս էջը դրանով',
  'views.default.of': 'Բացել այս էջը «{name}»-ով',
  'views.rename.of': 'Վերանվանել «{name}»-ը',
  'views.remove.of': 'Հեռացնել «{name}»-ը',
  'views.remove.sure': 'Հեռացնե՞լ «{name}»-ը բոլորի համար',
  'views.remove': 'Հեռացնել',
  'views.keep': 'Պահել',
  'views.cancel': 'Չեղարկել',
};
