import type { today as en } from './en.js';

export const today: Record<keyof typeof en, string> = {
  'today.week.outside': '{name}՝ {value} այդ շաբաթ ({count}), սովորական {lower}–{upper} միջակայքից դուրս. ազդանշան է։',
  'today.week.run':
    '{name}՝ {value} այդ շաբաթ ({count}). առնվազն ութ շաբաթ սովորական {mean} արժեքից {side, select, above {բարձր} other {ցածր}} է. ազդանշան է։',
  'today.week.jump': '{name}՝ {value} այդ շաբաթ ({count}), նախորդ շաբաթ՝ {before}, սովորականից մեծ փոփոխություն. ազդանշան է։',
  'today.week.usual': '{name}՝ {value} այդ շաբաթ ({count}), սովորական {lower}–{upper} միջակայքում. աղմուկ է։',
  'today.week.others': 'Այդ շաբաթվա {n, plural, one {մեկ այլ թիվ} other {ևս # թիվ}} մնաց սովորական միջակայքում. աղմուկ է։',
  'today.week.all': 'Այդ շաբաթվա {n, plural, one {միակ թիվը} other {բոլոր # թվերը}} մնացին սովորական միջակայքում. աղմուկ է։',

  'today.period.worse': '{name}՝ վատացավ. {now} ({count}), նախորդ շրջանում՝ {before} ({beforeCount}). ազդանշան է։',
  'today.period.better': '{name}՝ լավացավ. {now} ({count}), նախորդ շրջանում՝ {before} ({beforeCount}). ազդանշան է։',
  'today.period.different': '{name}՝ փոխվեց. {now} ({count}), նախորդ շրջանում՝ {before} ({beforeCount}). ազդանշան է։',
  'today.period.others': '{n, plural, one {Մեկ այլ թիվ} other {Եվս # թիվ}} պատահականից ավելի չփոխվեց. աղմուկ է։',
  'today.period.all': '{n, plural, one {Միակ թիվը} other {# թվերից ոչ մեկը}} պատահականից ավելի չփոխվեց. աղմուկ է։',
  'today.carried': 'Դրա {share}-ը բաժին է ընկնում {segment}-ին։',
  'today.carried-by-two': 'Դրա {share}-ը բաժին է ընկնում {segment}-ին, {otherShare}-ը՝ {other}-ին։',

  'today.past.history':
    '{name}՝ անցյալն այժմ այլ կերպ է պատմվում, ուստի {n, plural, one {մեկ անցած շաբաթ} other {# անցած շաբաթ}} այլ բան է ասում. վերջինը՝ {week}, ասում է {after}, ոչ թե {before}։',
  'today.past.later':
    '{name}՝ դրանից հետո տեղի ունեցածի պատճառով {n, plural, one {մեկ անցած շաբաթ} other {# անցած շաբաթ}} այլ բան է ասում. վերջինը՝ {week}, ասում է {after}, ոչ թե {before}։',

  'today.verdict.both':
    'Պատահականից ավելի {worse, plural, one {մեկ թիվ} other {# թիվ}} վատացավ, {better, plural, one {մեկ թիվ} other {# թիվ}}՝ լավացավ։',
  'today.verdict.worse': 'Պատահականից ավելի {worse, plural, one {մեկ թիվ} other {# թիվ}} վատացավ։',
  'today.verdict.better': 'Պատահականից ավելի {better, plural, one {մեկ թիվ} other {# թիվ}} լավացավ, և ոչ մեկը չվատացավ։',
  'today.verdict.calm': 'Ոչ մի թիվ պատահականից ավելի չփոխվեց։',
  'today.verdict.untold': '{n, plural, one {Մեկ գործ} other {# գործ}} ուշացել կամ լռության մեջ է, իսկ հաճախորդին չի ասվել։',
  'today.verdict.all-told': 'Բոլոր հաճախորդներին, որոնց գործն ուշացել կամ լռության մեջ է, ասվել է։',
};
