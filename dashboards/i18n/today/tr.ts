import type { today as en } from './en.js';

export const today: Record<keyof typeof en, string> = {
  'today.week.outside': '{name}: o hafta {value} ({count}), alışılmış {lower} – {upper} aralığının dışında: sinyal.',
  'today.week.run':
    '{name}: o hafta {value} ({count}); en az sekiz haftadır alışılmış değerin ({mean}) {side, select, above {üstünde} other {altında}}: sinyal.',
  'today.week.jump': '{name}: o hafta {value} ({count}), önceki hafta {before}; alışılmıştan büyük bir değişim: sinyal.',
  'today.week.usual': '{name}: o hafta {value} ({count}), alışılmış {lower} – {upper} aralığında: gürültü.',
  'today.week.others': 'O haftanın diğer {n, plural, one {bir sayısı} other {# sayısı}} alışılmış aralıkta kaldı: gürültü.',
  'today.week.all': 'O haftanın {n, plural, one {tek sayısı} other {# sayısının tümü}} alışılmış aralıkta kaldı: gürültü.',

  'today.period.worse': 'Kötüleşen: {name}, {now} ({count}); önceki dönemde {before} ({beforeCount}): sinyal.',
  'today.period.better': 'İyileşen: {name}, {now} ({count}); önceki dönemde {before} ({beforeCount}): sinyal.',
  'today.period.different': 'Değişen: {name}, {now} ({count}); önceki dönemde {before} ({beforeCount}): sinyal.',
  'today.period.others': 'Diğer {n, plural, one {bir sayı} other {# sayı}} rastlantıdan fazla değişmedi: gürültü.',
  'today.period.all': '{n, plural, one {Tek sayı} other {# sayının hiçbiri}} rastlantıdan fazla değişmedi: gürültü.',
  'today.carried': '{segment} bunun {share} kadarını taşıyor.',
  'today.carried-beyond': '{segment} bunun tamamını, hatta fazlasını taşıyor; başka yerlerde değişim ters yönde.',
  'today.carried-by-two': '{segment} bunun {share} kadarını, {other} {otherShare} kadarını taşıyor.',

  'today.past.history':
    '{name}: geçmiş artık farklı anlatılıyor; bu yüzden {n, plural, one {geçmişteki bir hafta} other {geçmişteki # hafta}} için sayı değişti. Sonuncusu, {week} haftası: {before} değil, {after}.',
  'today.past.later':
    '{name}: o zamandan beri olanlarla {n, plural, one {geçmişteki bir hafta} other {geçmişteki # hafta}} için sayı değişti. Sonuncusu, {week} haftası: {before} değil, {after}.',

  'today.verdict.both':
    'Rastlantının ötesinde {worse, plural, one {bir sayı} other {# sayı}} kötüleşti, {better, plural, one {bir sayı} other {# sayı}} iyileşti.',
  'today.verdict.worse': 'Rastlantının ötesinde {worse, plural, one {bir sayı} other {# sayı}} kötüleşti.',
  'today.verdict.better': 'Rastlantının ötesinde {better, plural, one {bir sayı} other {# sayı}} iyileşti, hiçbiri kötüleşmedi.',
  'today.verdict.calm': 'Hiçbir sayı rastlantının ötesinde değişmedi.',
  'today.verdict.untold': '{n, plural, one {Bir iş} other {# iş}} gecikti ya da sessiz kaldı; müşteriye haber verilmedi.',
  'today.verdict.all-told': 'İşi geciken ya da sessiz kalan her müşteriye haber verildi.',
};
