import type { views as english } from './en';

export const views: Record<keyof typeof english, string> = {
  'views.menu': 'Տեսքեր',
  'views.mine': 'Իմ տեսքերը',
  'views.others': 'Ուրիշների տեսքերը',
  'views.none': 'Այս էջի պահված տեսք դեռ չկա։ Ընտրեք ժամանակահատվածն ու զտիչները և անուն տվեք։',
  'views.save': 'Պահել ներկայիս ընտրությունը',
  'views.name': 'Տեսքի անունը',
  'views.owner': 'Ձեր անունը, որ ուրիշներն իմանան, թե ում տեսքն է',
  'views.default.choose': 'Բացել այս էջն այս տեսքով',
  'views.default.of': 'Բացել այս էջն այս տեսքով՝ «{name}»',
  'views.rename.of': 'Վերանվանել՝ «{name}»',
  'views.remove.of': 'Հեռացնել՝ «{name}»',
  'views.remove.sure': 'Հեռացնե՞լ բոլորի համար՝ «{name}»',
  'views.remove': 'Հեռացնել',
  'views.keep': 'Պահել',
  'views.cancel': 'Չեղարկել',
};
