import type { points as english } from './en.js';

export const points: Record<keyof typeof english, string> = {
  'chart.lead-time-points.title': 'Her iş: ne zaman bitti, ne kadar sürdü',
  'chart.ageing.title': 'Açık işlerin yaşı, biten işlerin temposuna göre',
  'chart.slip-ledger.title': 'Kayma defteri: ilk sözden sonuncusuna',
  'chart.silence-calendar.title': 'Sessiz günler',

  'metric.item-age.name': 'Açık işlerin yaşı',
  'metric.item-age.feels': 'Şimdiye kadar ne kadardır bekliyorum.',
  'metric.item-age.definition':
    'Dönemin ya da dönem içindeki verinin sonunda açık olan işlerin oluşturulmasından beri geçen süre: yarısı, %85’i ve %95’i bundan yaşlı değildir. Yeniden açılan işin yaşı da oluşturulmasından sayılır.',
  'metric.court-age.name': 'Sıranın değiştiği yaş',
  'metric.court-age.feels': 'Ötekiler benimki kadar yaşlıyken ne kadar ilerlemişti.',
  'metric.court-age.definition':
    'Biten işlerin, sıra son kez birinden geçtiğinde kaç yaşında olduğu: bizde çalışılırken, bizde beklerken, müşterideyken, üçüncü taraftayken. Bittikleri döneme göre. Yalnızca biten işler.',
  'metric.silent-items.name': 'Sessiz kalan işler',
  'metric.silent-items.feels': 'Hiç haber alamayanlardan biriyim.',
  'metric.silent-items.definition':
    'Dönemde açık ve sırası bizde olan işlerden, bir anında söz verilen aralıktan uzun süre bizden herkese açık bir söz duymamış olanların yüzdesi. Bir iş dönem başına bir kez sayılır; açık ve yeniden açılan işler de ötekiler gibi sayılır.',

  'court.ours_active': 'bizde, çalışılıyor',
  'court.ours_waiting': 'bizde, bekliyor',
  'court.customer': 'müşteride',
  'court.third_party': 'üçüncü tarafta',

  'head.item': 'İş',
  'head.ended': 'Bitiş',
  'head.took': 'Süre',
  'head.state': 'Durum',
  'head.court': 'Sıra kimde',
  'head.age': 'Yaş',
  'head.chance-late': 'Gecikme olasılığı',
  'head.first-promise': 'İlk söz',
  'head.last-promise': 'Son söz',
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
  'risk.likely': 'gecikmesi olası',
  'risk.ahead': 'tarihi ileride',
  'risk.none': 'tarih verilmedi',
  'move.first': 'ilk söz',
  'move.moved': 'tarihinden önce kaydırıldı',
  'move.after': 'tarih geçtikten sonra kaydırıldı',
  'move.asked': 'müşteri istedi',

  'point.finished': '{item}: {value}, bitiş {at}',
  'point.open': '{item}: şimdiye kadar {value} açık',
  'point.cancelled': '{item}: {value} sonra iptal, {at}',
  'point.age': '{item}: {age} yaşında, {court}, {risk}',
  'point.chance': 'gecikme olasılığı {chance}',
  'point.slip':
    '{item}: {first} tarihinden {last} tarihine, {slip}; {moves} kaydırma, {after} tanesi tarih geçtikten sonra, {asked} tanesini müşteri istedi',
  'point.silence': '{day}: sırası bizde olan {all} işten {count} çok uzun süredir haber almadı',

  'summary.points': '{name}, {count}: {values}. Hâlâ açık işler, şimdiye kadarki yaşlarıyla verinin bittiği yerde durur.',
  'summary.sample': '{all} işten {shown} tanesi çizildi; rastgele ve hep aynıları seçilir. Çizgiler hepsine aittir.',
  'summary.sample.row': '{all} işten rastgele seçilen {shown} tanesi',
  'summary.greatest': '{all} sözden en çok kayan {shown, number} tanesi gösterildi.',
  'summary.ageing':
    '{count} açık. Çizilenlerden {older, number} tanesi, biten işlerin %85’inin aynı sıradan son ayrıldığı yaştan yaşlı; {late, number} tanesinin tarihi geçti, {likely, number} tanesinin daha gecikmesi olası.',
  'summary.ageing.no-pace':
    '{count} açık; olağan tempoyu söyleyecek kadar biten iş yok. {late, number} tanesinin tarihi geçti, {likely, number} tanesinin daha gecikmesi olası.',
  'summary.ledger': 'En çok kayan {item}: {first} tarihinden {last} tarihine, {slip}.',
  'summary.ledger.none': 'Bu dönemde hiçbir söz kaydırılmadı.',
  'summary.silence-calendar': 'En çok {day} günü: sırası bizde olan {all} işten {count} çok uzun süredir haber almadı; son günde {last}.',
  'summary.silence-calendar.none': 'Hiçbir günde çok uzun süre habersiz kalan iş olmadı.',
  'summary.half-year': 'Dönemin son 26 haftası.',
};
