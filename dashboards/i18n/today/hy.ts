import type { today as en } from './en.js';

export const today: Record<keyof typeof en, string> = {
  'today.week.outside': '{name}. այդ շաբաթ {value} ({count}), սովորական {lower} – {upper} միջակայքից դուրս՝ ազդանշան է։',
  'today.week.run':
    '{name}. այդ շաբաթ {value} ({count}). առնվազն ութ շաբաթ սովորական արժեքից ({mean}) {side, select, above {բարձր} other {ցածր}} է՝ ազդանշան է։',
  'today.week.jump': '{name}. այդ շաբաթ {value} ({count}), նախորդ շաբաթ՝ {before}, սովորականից մեծ փոփոխություն՝ ազդանշան է։',
  'today.week.usual': '{name}. այդ շաբաթ {value} ({count}), սովորական {lower} – {upper} միջակայքում՝ աղմուկ է։',
  'today.week.others': 'Այդ շաբաթվա {n, plural, =1 {ևս մեկ թիվ} other {ևս # թիվ}} մնաց սովորական միջակայքում՝ աղմուկ է։',
  'today.week.all':
    '{n, plural, =1 {Այդ շաբաթվա միակ թիվը մնաց} other {Այդ շաբաթվա բոլոր # թվերը մնացին}} սովորական միջակայքում՝ աղմուկ է։',

  'today.period.worse': 'Վատացել է՝ «{name}». {now} ({count}), առաջ՝ {before} ({beforeCount}). ազդանշան է։',
  'today.period.better': 'Լավացել է՝ «{name}». {now} ({count}), առաջ՝ {before} ({beforeCount}). ազդանշան է։',
  'today.period.different': 'Փոխվել է՝ «{name}». {now} ({count}), առաջ՝ {before} ({beforeCount}). ազդանշան է։',
  'today.period.others': '{n, plural, =1 {Եվս մեկ թիվ} other {Եվս # թիվ}} պատահականից ավելի չփոխվեց՝ աղմուկ է։',
  'today.period.all': '{n, plural, =1 {Միակ թիվը} other {# թվերից ոչ մեկը}} պատահականից ավելի չփոխվեց՝ աղմուկ է։',
  'today.carried': 'Դրա {share}-ը կրում է «{segment}»։',
  'today.carried-beyond': 'Դա ամբողջովին, և դեռ ավելին, կրում է «{segment}». մնացած տեղերում փոփոխությունը հակառակ ուղղությամբ է։',
  'today.carried-by-two': 'Դրա {share}-ը կրում է «{segment}», {otherShare}-ը՝ «{other}»։',

  'today.past.history':
    '{name}. անցյալն այժմ այլ կերպ է ներկայացվում, ուստի փոխվել է {n, plural, =1 {մեկ անցած շաբաթվա} other {# անցած շաբաթվա}} թիվը. վերջինը՝ {week}, {after}, ոչ թե {before}։',
  'today.past.later':
    '{name}. դրանից հետո տեղի ունեցածի պատճառով փոխվել է {n, plural, =1 {մեկ անցած շաբաթվա} other {# անցած շաբաթվա}} թիվը. վերջինը՝ {week}, {after}, ոչ թե {before}։',

  'today.verdict.both':
    'Պատահականից ավելի {worse, plural, =1 {մեկ թիվ} other {# թիվ}} վատացավ, {better, plural, =1 {մեկ թիվ} other {# թիվ}}՝ լավացավ։',
  'today.verdict.worse': 'Պատահականից ավելի {worse, plural, =1 {մեկ թիվ} other {# թիվ}} վատացավ։',
  'today.verdict.better': 'Պատահականից ավելի {better, plural, =1 {մեկ թիվ} other {# թիվ}} լավացավ, և ոչ մեկը չվատացավ։',
  'today.verdict.calm': 'Ոչ մի թիվ պատահականից ավելի չփոխվեց։',
  'today.verdict.untold': '{n, plural, =1 {Մեկ գործ} other {# գործ}} ուշացել կամ լռության մեջ է, իսկ հաճախորդը տեղեկացված չէ։',
  'today.verdict.all-told': 'Բոլոր հաճախորդները, որոնց գործն ուշացել կամ լռության մեջ է, տեղեկացված են։',
};
