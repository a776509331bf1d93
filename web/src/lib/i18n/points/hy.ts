import type { points as english } from './en';

export const points: Record<keyof typeof english, string> = {
  'chart.open-item': '{text}. Բացել պատմությունը։',
  'items.coming': 'ճանապարհին է',
  'items.columns': 'Սյունակներ',
  'items.copy': 'Պատճենել',
  'items.copied': '{n, plural, other {# տող պատճենվեց}}',
  'items.copied-part': 'Պատճենվեց առաջին {n, number} տողը {total, number}-ից. ֆայլում բոլորն են',
  'items.copy-failed': 'Չհաջողվեց պատճենել՝ {reason}',
  'item.wait': '{to}-ի մոտ է և սպասում է՝ {duration}',
  'item.legend.wait': 'սպասում փոխանցումից հետո',
  'item.legend.link': 'առաջացել է մեկ այլ գործից կամ դարձել է այլ գործ',
  'item.link.came-from': 'առաջացել է՝ {item}',
  'item.link.becomes': 'դարձել է՝ {item}',
  'item.link.blocks': 'արգելում է կամ արգելվում է՝ {item}',
  'item.link.relates': 'կապված է՝ {item}',
  'item.link.duplicates': 'նույնն է՝ {item}',
};
