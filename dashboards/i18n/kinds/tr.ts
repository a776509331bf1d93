import type { kinds as english } from './en.js';

export const kinds: Record<keyof typeof english, string> = {
  'axis.size': 'sayılanların sayısı',
  'axis.forecast': 'ortalama öngörü',
  'axis.observed': 'gerçekleşen',
  'axis.age': 'söylendiğinden beri geçen süre',
  'age.later': 'daha sonra',
  'head.class': 'Öngörü',

  'legend.inside': 'sınırlar içinde',
  'legend.middle-half': 'ortadaki yarı',
  'legend.meant': 'dediği gibi çıkıyor',
  'legend.misses': 'fazla ya da az söylüyor',
  'legend.left-standing': 'sürüyor, sonrası bilinmiyor',
  'legend.wait': 'Yarısının beklediği',

  'wait.any': 'herhangi bir süre',
  'wait.below': '{to} altı',
  'wait.between': '{from} – {to}',
  'wait.from': '{from} ve üstü',
  'wait.unknown': 'söylemek için çok az',

  'text.reliability': 'öngörülen {forecast}, gerçekleşen {observed}',
  'text.association': '{bucket}: {load} yükte zamanında {level}',
  'text.funnel': 'yalnızca rastlantıyla 100’de 95 kez {lower} ile {upper} arasında',
  'text.survival': '{age} sonra hâlâ geçerli olan {value}',

  'summary.funnel.none': '{count, number} grubun hepsi, yalnızca rastlantıyla açıklanan sınırların içinde; bütünün değeri {whole}.',
  'summary.funnel.some':
    '{count, number} gruptan {outside, number} tanesi rastlantıyla açıklananın ötesinde: {names}. Bütünün değeri {whole}.',
  'summary.stack': '{name}, {latest} ({bucket}): en büyük paylar “{first}” ({firstValue}) ve “{second}” ({secondValue}).',
  'summary.reliability.none': '{count, number} sınıfın hepsinde öngörüler dediği gibi çıkıyor.',
  'summary.reliability.some':
    '{count, number} sınıftan {outside, number} tanesi fazla ya da az söylüyor; en çok da {forecast} öngörülüp {observed} gerçekleşen sınıf.',
  'summary.survival': '{age} sonra hâlâ geçerli olan {value}; {lastAge} sonra {lastValue}.',
  'summary.survival.one': '{age} sonra hâlâ geçerli olan {value}.',
  'summary.association':
    'Kişi başına her bir fazla açık iş için zamanında oranındaki fark: {slope} ({lo} … {hi}). Bu bir ilişkidir, neden değildir.',
  'summary.association.none': 'Eğim hesaplanamıyor: tam hafta sayısı sekizden az.',
  'summary.ranking.amount': 'En yüksek: {slowSegment}, {slow} ({slowCount}); en düşük: {quickSegment}, {quick} ({quickCount}).',
};
