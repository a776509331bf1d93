import type { points as english } from './en';

export const points: Record<keyof typeof english, string> = {
  'chart.open-item': '{text}. Բացել պատմությունը։',
  'items.coming': 'ճանապարհին է',
  'items.columns': 'Սյունակներ',
  'items.copy': 'Պատճենել',
  'items.copied': '{n, plural, other {# տող պատճենվեց}}',
  'items.copied-part': 'Պատճենվեց առաջին {n, number} տողը {total, number}-ից. ֆայլում բոլորն են',
  'items.copy-failed': 'Չհաջողվեց պատճենել՝ {reason}',
};
