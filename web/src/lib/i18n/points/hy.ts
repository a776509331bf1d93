import type { points as english } from './en';

export const points: Record<keyof typeof english, string> = {
  'chart.open-item': '{text}։ Բացել պատմությունը։',
  'items.coming': 'ճանապարհին է',
  'items.on-paper': 'Այս թղթի վրա են {from, number}–{to, number} տողերը, ընդամենը՝ {total, number}։ Ներբեռնված ցուցակն ամբողջական է։',
  'items.columns': 'Սյունակներ',
  'items.copy': 'Պատճենել',
  'items.copied': '{n, plural, other {# տող պատճենվեց}}',
  'items.copied-part': 'Պատճենվեց {total, number} տողից առաջին {n, number}-ը. ֆայլում բոլորն են',
  'items.print': 'Տպել',
  'item.wait': '{to}. վերցրել է և սպասում է՝ {duration}',
  'item.legend.wait': 'սպասում փոխանցումից հետո',
  'item.legend.link': 'առաջացել է մեկ այլ գործից կամ դարձել է այլ գործ',
  'item.link.came-from': 'առաջացել է՝ {item}',
  'item.link.becomes': 'դարձել է՝ {item}',
  'item.link.blocks': 'արգելափակում է կամ արգելափակվում է՝ {item}',
  'item.link.relates': 'կապված է՝ {item}',
  'item.link.duplicates': 'նույնն է՝ {item}',
};
