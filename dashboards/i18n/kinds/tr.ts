import type { kinds as english } from './en.js';

export const kinds: Record<keyof typeof english, string> = {
  'axis.size': 'sayılanların adedi',
  'axis.forecast': 'ortalama tahmin',
  'axis.observed': 'gerçekleşen',
  'axis.age': 'söylendiğinden beri geçen süre',
  'age.later': 'daha sonra',
  'head.class': 'Tahmin',

  'legend.inside': 'sınırlar içinde',
  'legend.middle-half': 'ortadaki yarı',
  'legend.meant': 'dediği gibi çıkıyor',
  'legend.misses': 'fazla ya da az söylüyor',
  'legend.left-standing': 'sürüyor, daha ilerisi bilinmiyor',
  'legend.wait': 'Yarısının beklediği',

  'wait.any': 'her süre',
  'wait.below': '{to} altı',
  'wait.between': '{from} – {to}',
  'wait.from': '{from} ve üstü',
  'wait.unknown': 'söylemeye yetmiyor',

  'text.reliability': 'tahmin {forecast}, gerçekleşen {observed}',
  'text.association': '{bucket}: {load} yükte {level} zamanında',
  'text.funnel': 'rastlantının açıkladığı: {lower} … {upper} (%95)',
  'text.survival': '{age} sonra hâlâ ayakta olan {value}',

  'summary.funnel.none': '{count, number} grubun hepsi yalnız rastlantının açıkladığı sınırlar içinde; bütün {whole}.',
  'summary.funnel.some':
    '{count, number} gruptan {outside, number} tanesi yalnız rastlantının açıkladığının ötesinde: {names}. Bütün {whole}.',
  'summary.stack': '{name}, son tam {grain} olan {bucket}: en büyük paylar “{first}” ({firstValue}) ve “{second}” ({secondValue}).',
  'summary.reliability.none': '{count, number} sınıfın hepsinde tahminler dediği gibi çıkıyor.',
  'summary.reliability.some':
    '{count, number} sınıftan {outside, number} tanesi fazla ya da az söylüyor; en çok, {forecast} tahmin edilip {observed} gerçekleşen yerde.',
  'summary.survival': '{age} sonra {value} hâlâ ayakta; {lastAge} sonra {lastValue}.',
  'summary.survival.one': '{age} sonra {value} hâlâ ayakta.',
  'summary.association': 'Kişi başına bir açık iş fazlasında zamanında oranı {slope} ({lo} … {hi}). Bu bir ilişkidir, neden değil.',
  'summary.association.none': 'Eğim söylenemez: sekizden az tam hafta var.',
  'summary.ranking.amount': 'En yüksek: {slowSegment}, {slow} ({slowCount}); en düşük: {quickSegment}, {quick} ({quickCount}).',
};
