import type { points as english } from './en.js';

export const points: Record<keyof typeof english, string> = {
  'chart.lead-time-points.title': 'İş iş: ne zaman bitti, ne kadar sürdü',
  'chart.ageing.title': 'Açık işlerin yaşı, biten işlerin temposuna göre',
  'chart.slip-ledger.title': 'Kayma defteri: ilk sözden son söze',
  'chart.silence-calendar.title': 'Sessiz günler',

  'metric.item-age.name': 'Açık işlerin yaşı',
  'metric.item-age.feels': 'Şu ana kadar ne kadardır bekliyorum.',
  'metric.item-age.definition':
    'Dönemin ya da dönem içindeki verinin sonunda açık olan işlerin oluşturulmasından beri geçen süre: yarısı, %85’i ve %95’i bundan eski değildir. Yeniden açılan işin yaşı da oluşturulduğu andan sayılır.',
  'metric.court-age.name': 'Sıra değişirken yaş',
  'metric.court-age.feels': 'Başkaları benimki kadar eskiyken ne kadar yol almıştı.',
  'metric.court-age.definition':
    'Biten işlerin, sıra son kez el değiştirdiğinde kaç günlük olduğu: bizde çalışılırken, bizde beklerken, müşterideyken, üçüncü taraftayken. Bittikleri döneme göre. Yalnızca biten işler.',
  'metric.silent-items.name': 'Sessiz kalan işler',
  'metric.silent-items.feels': 'Hiç haber alamayanlardan biri de benim.',
  'metric.silent-items.definition':
    'Dönemde açık ve sırası bizde olan işlerden, herhangi bir anında söz verilen haber aralığından uzun süre bizden herkese açık bir söz gelmemiş olanların yüzdesi. Bir iş, dönem başına bir kez sayılır; açık ve yeniden açılan işler de ötekiler gibi sayılır.',

  'court.ours_active': 'bizde, çalışılıyor',
  'court.ours_waiting': 'bizde, bekliyor',
  'court.customer': 'müşteride',
  'court.third_party': 'üçüncü tarafta',

  'head.item': 'İş',
  'head.ended': 'Bitiş',
  'head.took': 'Süre',
  'head.state': 'Durumu',
  'head.court': 'Sıra kimde',
  'head.age': 'Yaş',
  'head.chance-late': 'Gecikme olasılığı',
  'head.first-promise': 'İlk verilen tarih',
  'head.last-promise': 'Son verilen tarih',
  'head.slip': 'Kayma',
  'head.moves': 'Kaydırma',
  'head.moves-after-due': 'tarih geçtikten sonra olan',
  'head.moves-asked': 'müşterinin istediği',
  'head.day': 'Gün',
  'head.silent-items': 'Sessiz kalan işler',
  'head.open-items': 'sırası bizde olan işler',

  'state.finished': 'bitti',
  'state.open': 'hâlâ açık',
  'state.cancelled': 'iptal',
  'risk.late': 'tarihi geçti',
  'risk.likely': 'gecikebilir',
  'risk.ahead': 'tarihi ileride',
  'risk.none': 'tarih verilmedi',
  'move.first': 'ilk verilen tarih',
  'move.moved': 'tarihinden önce kaydırıldı',
  'move.after': 'tarih geçtikten sonra kaydırıldı',
  'move.asked': 'müşteri istedi',

  'point.finished': '{item}: {value}, bitiş {at}',
  'point.open': '{item}: şimdiye kadar {value} açık kaldı',
  'point.cancelled': '{item}: {value} sonra iptal edildi, {at}',
  'point.age': '{item}: yaşı {age}, {court}, {risk}',
  'point.chance': 'gecikme olasılığı {chance}',
  'point.slip':
    '{item}: {first} → {last}, {slip}; {moves} kaydırma, {after} tanesi tarih geçtikten sonra, {asked} tanesi müşterinin isteğiyle',
  'point.silence': '{day}: sırası bizde olan {all} iş içinde {count} çok uzun süredir habersiz',

  'summary.points': '{name}, {count}: {values}. Hâlâ açık işler, şimdiye kadarki yaşlarıyla verinin bittiği yerde durur.',
  'summary.sample': '{all} işten {shown} tanesi çizildi; rastgele ve hep aynıları seçilir. Çizgiler hepsini kapsar.',
  'summary.sample.row': '{all} işten rastgele seçilen {shown} tanesi',
  'summary.greatest': '{all} sözden en çok kayan {shown, number} tanesi gösterildi.',
  'summary.ageing':
    '{count} açık. Çizilenlerden {older, number} tanesi, biten işlerin %85’inin aynı sıradan son kez çıktığı andaki yaşından eski; {late, number} tanesinin tarihi geçti, {likely, number} tanesinin daha gecikmesi olası.',
  'summary.ageing.no-pace':
    '{count} açık; olağan tempoyu söyleyecek kadar biten iş yok. {late, number} tanesinin tarihi geçti, {likely, number} tanesinin daha gecikmesi olası.',
  'summary.ledger': 'En çok kayan: {item}, {first} → {last}, {slip}.',
  'summary.ledger.none': 'Bu dönemde hiçbir söz kaydırılmadı.',
  'summary.silence-calendar': 'En çok {day} günü: sırası bizde olan {all} iş içinde {count} çok uzun süredir habersizdi; son günde {last}.',
  'summary.silence-calendar.none': 'Hiçbir gün çok uzun süre habersiz kalan iş olmadı.',
  'summary.half-year': 'Dönemin son 26 haftası.',
};
