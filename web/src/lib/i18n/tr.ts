import type { Catalog } from './catalog';
import { access } from './access/tr';
import { identity } from './identity/tr';
import { alerts } from './alerts/tr';
import { choice } from './choice/tr';
import { connections } from './connections/tr';
import { points } from './points/tr';
import { quality } from './quality/tr';
import { handled } from './handled/tr';
import { today } from './today/tr';
import { nextStep } from './next-step/tr';
import { notes } from './notes/tr';
import { schedules } from './schedules/tr';
import { sql } from './sql/tr';
import { why } from './why/tr';
import { palette } from './palette/tr';
import { views } from './views/tr';
import { records } from './records/tr';
import { reports } from './reports/tr';
import { targets } from './targets/tr';
import { beliefs } from './beliefs/tr';
import { download } from './download/tr';
import { myBoards } from './my-boards/tr';
import { wall } from './wall/tr';
import { exports } from './exports/tr';
import { privacy } from './privacy/tr';
import { workbench } from './workbench/tr';
import { rooms } from './rooms/tr';
import { audit } from './audit/tr';
import { apiDocs } from './api-docs/tr';

export const tr: Catalog = {
  'app.name': 'Throughline',
  'app.skip': 'İçeriğe geç',
  'nav.label': 'Ana menü',
  'nav.home': 'Bugün',
  'nav.data': 'Veri',

  'setting.language': 'Dil',
  'setting.theme': 'Renkler',
  'theme.system': 'sistemdeki gibi',
  'theme.light': 'açık',
  'theme.dark': 'koyu',

  'sample.notice': 'Bu uydurma bir şirkettir; çevreye bakabilmeniz için yüklendi.',
  'sample.remove': 'Örnek veriyi kaldır',
  'sample.removing': 'Kaldırılıyor…',

  'unit.days': '{n, number} gün',
  'unit.hours': '{n, number} sa',
  'unit.minutes': '{n, number} dk',
  'unit.seconds': '{n, number} sn',
  'ago.now': 'az önce',
  'ago.minutes': '{n, plural, other {# dakika önce}}',
  'ago.hours': '{n, plural, other {# saat önce}}',
  'ago.days': '{n, plural, other {# gün önce}}',

  'fresh.to': 'Veri sonu: {at}',
  'fresh.read': '{connection}: {ago} okundu',
  'fresh.never': '{connection}: henüz okunmadı',
  'fresh.zone': 'saat dilimi: {zone}',
  'fresh.deriving': 'Yeni veri işleniyor; bu sayılar ondan öncesine ait.',

  'home.title': 'Müşterilerin yaşadığı',
  'home.lead': '{from} – {to}, öncesindeki aynı uzunluktaki döneme göre.',
  'home.open': 'Panoyu aç',

  'unknown.notice': 'Bu adreste bilinmeyen ve dikkate alınmayan: {names}.',

  'filter.period': 'Dönem',
  'filter.grain': 'Adım',
  'filter.by': 'Kırılım',
  'filter.by.none': 'yok',
  'filter.filters': 'Filtreler',
  'filter.clear': 'Tüm filtreleri temizle',
  'filter.all': 'tümü',
  'filter.chosen': '{n, plural, other {# seçili}}',
  'filter.search': 'Ara: {dimension}',
  'filter.none-found': 'Eşleşen yok.',
  'filter.more': '{n, plural, other {# tane daha; bulmak için arayın}}',
  'filter.from': 'Başlangıç',
  'filter.until': 'Bitiş (dahil)',
  'filter.apply': 'Uygula',
  'filter.nobody': '(yok)',

  'period.default': 'önerildiği gibi',
  'period.4-weeks': 'son 4 hafta',
  'period.13-weeks': 'son 13 hafta',
  'period.26-weeks': 'son 26 hafta',
  'period.52-weeks': 'son 52 hafta',

  'grain.day': 'gün',
  'grain.week': 'hafta',
  'grain.month': 'ay',

  'dimension.team': 'Ekip',
  'dimension.type': 'Tür',
  'dimension.service': 'Hizmet',
  'dimension.channel': 'Kanal',
  'dimension.priority': 'Öncelik',
  'dimension.customer': 'Müşteri',
  'dimension.group': 'Müşteri grubu',
  'dimension.connection': 'Bağlantı',
  'dimension.language': 'Dil',

  'chart.table': 'Tabloyu göster',
  'chart.picture': 'Grafiği göster',
  'chart.explain': '{name} nedir?',
  'chart.keys': 'Ok tuşları işaretler arasında gezdirir; Enter işaretin ardındaki işleri açar.',
  'chart.open': '{text}. İşleri aç.',
  'chart.failed': 'Grafik çizilemedi: {reason}',
  'chart.table.caption': '{title}, tablo olarak',
  'chart.partly': 'Ölçülemeyen: {connections}',
  'chart.close': 'Kapat',

  'tone.better': 'Daha iyi',
  'tone.worse': 'Daha kötü',
  'tone.same': 'Değişmedi',
  'tone.unclear': 'Belirgin değişim yok',

  'state.loading': 'Yükleniyor…',
  'state.empty.title': 'Henüz veri yok',
  'state.empty.text': 'Bir dosya okuyun ya da bir araç bağlayın; bu sayfa dolacak.',
  'state.empty.how': 'Komut satırından bir olay günlüğü içe aktarın:',
  'state.filtered': 'Bu dönemde bu filtrelere uyan bir şey yok.',
  'state.failed': 'Yüklenemedi.',
  'state.error-id': 'Hata numarası {id}; günlükte bununla bulunur',
  'state.retry': 'Yeniden dene',
  'state.offline': 'Sunucu yanıt vermiyor. Çalışıyor mu?',
  'state.not-found': 'Böyle bir sayfa yok.',
  'state.back-home': 'Bugün sayfasına git',

  'items.title': 'İşaretin ardındakiler',
  'items.count.items': '{n, plural, other {# iş}}',
  'items.count.handoffs': '{n, plural, other {# devir}}',
  'items.count.promises': '{n, plural, other {# söz}}',
  'items.count.resolutions': '{n, plural, other {# çözüm}}',
  'items.count.messages': '{n, plural, other {# mesaj}}',
  'items.count.ratings': '{n, plural, other {# puan}}',
  'items.count.answers': '{n, plural, other {# yanıt}}',
  'items.count.journeys': '{n, plural, other {# yolculuk}}',
  'items.back': 'Geri: {board}',
  'items.range': '{from} – {to} / {total}',
  'items.previous': 'Önceki',
  'items.next': 'Sonraki',
  'items.pages': 'Sayfalar',
  'items.yes': 'evet',
  'items.no': 'hayır',
  'items.whole': 'tüm dönem',
  'items.none': 'Bu işaretin ardında bir şey yok.',
  'items.column.item': 'İş',
  'items.column.contribution': 'Katkısı',
  'items.column.customer': 'Müşteri',
  'items.column.team': 'Ekip',
  'items.column.type': 'Tür',
  'items.column.created': 'Oluşturuldu',
  'items.column.outcome': 'Sonuç',

  'outcome.open': 'açık',
  'outcome.done': 'bitti, {at}',
  'outcome.done-plain': 'bitti',
  'outcome.cancelled': 'iptal',
  'outcome.unknown': 'bitişi bilinmiyor',

  'item.open-in-tool': '{tool} içinde aç',
  'item.since': 'Oluşturuldu: {at}',
  'item.took': '{duration} sürdü',
  'item.open-for': '{duration} süredir açık',
  'item.story': 'Sıra kimdeydi',
  'item.axis': '{from} – {to}',
  'item.courts': 'Kimde ne kadar kaldı',
  'item.nobody': 'hiç kimse',
  'item.promises': 'Söz verilen tarihler',
  'item.promise': '{said} söylendi: {due} tarihine kadar',
  'item.promise.later': '{duration} ileri alındı',
  'item.promise.earlier': '{duration} öne alındı',
  'item.promise.after': 'eski tarih geçtikten sonra',
  'item.promise.asked': 'müşteri istedi',
  'item.handoffs': 'Devirler',
  'item.handoff': '{from} → {to}',
  'item.handoff.wait': 'ardından {duration} bekledi',
  'item.handoff.no-wait': 'o zamandan beri bir şey yapılmadı',
  'item.handoff.direct': 'hemen geri gönderildi',
  'item.handoff.indirect': 'sonradan geri geldi',
  'item.level.team': 'ekip',
  'item.level.person': 'kişi',
  'item.links': 'İlişkili işler',
  'item.events': 'Neler oldu',
  'item.events.public': 'Yalnızca müşterinin gördüğü ya da söylediği',
  'item.legend.said': 'müşteriye söyledik',
  'item.legend.asked': 'müşteri yazdı',
  'item.legend.promise': 'söz verilen tarih',
  'item.legend.handoff': 'devir',
  'item.legend.stale': 'müşteriye yeni haber yok',

  'court.ours_active': 'bizde, çalışılıyor',
  'court.ours_waiting': 'bizde, bekliyor',
  'court.customer': 'müşteride',
  'court.third_party': 'üçüncü tarafta',
  'meaning.done': 'bitti',
  'meaning.cancelled': 'iptal',
  'meaning.unmapped': 'eşlenmemiş',

  'event.created': 'Oluşturuldu',
  'event.status': 'Durum: {status}',
  'event.owner': 'Sahibi: {owner}',
  'event.changed': 'Değişti',
  'event.promised': 'Söz verildi: {due}',
  'event.unpromised': 'Söz geri alındı',
  'event.said.customer': 'Müşteri yazdı',
  'event.said.team': 'Müşteriye yazdık',
  'event.said.internal': 'İç not',
  'event.said.system': 'Otomatik mesaj',
  'event.noted': 'Devir notu',
  'event.rated': 'Puan: {rating}',

  'data.title': 'Sayılar nereden geliyor',
  'data.lead': 'Her bağlantı, verisinin nereye kadar geldiği ve okunamayanlar.',
  'data.connector': 'Bağlayıcı',
  'data.as-of': 'Verinin sonu',
  'data.last-run': 'Son okuma',
  'data.items': 'İşler',
  'data.quarantined': 'Karantinada',
  'data.unmapped': 'Eşlenmemiş durumlar',
  'data.unmapped.why': 'Eşlenene kadar süreleri “bizde, bekliyor” sayılır.',
  'data.quarantine.how': 'Komut satırından listeleyin ve yeniden deneyin:',
  'data.sample': 'örnek',
  'data.never': 'hiç',
  'data.none': 'yok',
  'data.run.complete': 'tamam',
  'data.run.running': 'sürüyor',
  'data.run.failed': 'başarısız',
  'data.run.incomplete': 'eksik',
  'data.import': 'Kendi verinizi getirin',
  'data.export': 'Verinizi yanınızda götürün',
  'data.export.lead': 'Belgelenmiş görünümler; CSV, XLSX, JSON, Arrow ya da Parquet olarak, hemen veya zamanlanmış.',
  'data.version': 'Sürüm {version}. Hiçbir yere hiçbir şey gönderilmez: telemetri yoktur.',

  ...points,
  ...choice,
  ...alerts,
  ...access,
  ...identity,
  ...quality,
  ...nextStep,
  ...notes,
  ...sql,
  ...why,
  ...connections,
  ...today,
  ...handled,
  ...views,
  ...schedules,
  ...records,
  ...reports,
  ...targets,
  ...beliefs,
  ...download,
  ...myBoards,
  ...wall,
  ...palette,
  ...workbench,
  ...rooms,
  ...audit,
  ...apiDocs,
  ...exports,
  ...privacy,
};
