import type { Reason } from './en.js';

export const tr: Record<Reason, string> = {
  '{tool} has no ratings.': '{tool} puan tutmaz.',
  '{tool} has no due dates.': '{tool} termin tutmaz.',
  '{tool} does not tell comments for a customer from those among colleagues.':
    '{tool}, müşteriye yazılan yorumları ekip içi yorumlardan ayırmaz.',
  'No status of this {tool} has the meaning of a waiting one.': 'Bu {tool} içinde hiçbir durumun anlamı bekleme değil.',
  'No stage of this account has the meaning of a waiting one.': 'Bu hesaptaki hiçbir aşamanın anlamı bekleme değil.',
  'No section of these projects has the meaning of a waiting one.': 'Bu projelerdeki hiçbir bölümün anlamı bekleme değil.',
  'No list of these boards has the meaning of a waiting one.': 'Bu panolardaki hiçbir listenin anlamı bekleme değil.',
  'No label of the statuses ({labels}) has the meaning of waiting; {tool} itself knows open and closed alone.':
    'Durum etiketlerinden ({labels}) hiçbirinin anlamı bekleme değil; {tool} yalnızca açık ve kapalıyı bilir.',
  'The settings of the connection give no status the meaning of a waiting one.': 'Bağlantı ayarları hiçbir duruma bekleme anlamı vermiyor.',
  'The mapping gives no status the meaning of a waiting one.': 'Eşleme hiçbir duruma bekleme anlamı vermiyor.',
  'The mapping names no status column.': 'Eşlemede durum sütunu yok.',
  'The mapping names no team column.': 'Eşlemede ekip sütunu yok.',
  'The mapping names no person column.': 'Eşlemede kişi sütunu yok.',
  'The mapping names no due date column.': 'Eşlemede termin sütunu yok.',
  'The mapping names no message column.': 'Eşlemede mesaj sütunu yok.',
  'The mapping names no customer column.': 'Eşlemede müşteri sütunu yok.',
  'An item list shows only the present status, not how it changed.':
    'İş listesi yalnızca şimdiki durumu gösterir, nasıl değiştiğini göstermez.',
  'An item list shows only the present team, not how it changed.':
    'İş listesi yalnızca şimdiki ekibi gösterir, nasıl değiştiğini göstermez.',
  'An item list shows only the present person, not how it changed.':
    'İş listesi yalnızca şimdiki kişiyi gösterir, nasıl değiştiğini göstermez.',
  'The mapping names neither a finish column nor a status that means done.':
    'Eşlemede ne bitiş sütunu ne de bitti anlamına gelen bir durum var.',
  'The mapping names no status that means done.': 'Eşlemede bitti anlamına gelen bir durum yok.',
  'The mapping does not tell public from internal messages.': 'Eşleme herkese açık mesajları iç mesajlardan ayırmıyor.',
  'A table has no ratings.': 'Tabloda puan yok.',
  'A table has no links between items.': 'Tabloda işler arasında ilişki yok.',
  'The mapping says that the due date never moves (event.due.moves).': 'Eşlemeye göre termin hiç değişmez (event.due.moves).',
  'The mapping says that the due date is given once (event.due.said), so its moves are not told.':
    'Eşlemeye göre termin bir kez verilir (event.due.said); bu yüzden değişiklikleri bilinmez.',
  'The due date is back-filled: every row shows the last one.': 'Termin geriye dönük doldurulmuş: her satır sonuncusunu gösteriyor.',
  'A comment that was edited is told as it reads now.': 'Düzenlenen bir yorum şimdiki haliyle okunur.',
  'A comment that was edited is told as it reads now; one that was deleted is not told.':
    'Düzenlenen bir yorum şimdiki haliyle okunur; silinen okunmaz.',
  'The team is the project that a task is in now; name a single-select field as team where hand-overs between teams count.':
    'Ekip, görevin şimdi bulunduğu projedir; ekipler arası devirler önemliyse ekip olarak tek seçimli bir alan verin.',
  'GitHub issues have no due date; that of a milestone has no history.':
    'GitHub kayıtlarının termini yoktur; kilometre taşınınkinin geçmişi tutulmaz.',
  'The connection names no people of teams (teams).': 'Bağlantıda ekiplerin kişileri verilmemiş (teams).',
  'Comments on GitHub are seen by all who see the issue.': 'GitHub’daki yorumları, kaydı gören herkes görür.',
  'GitLab does not tell the due date an issue was opened with once it was changed.':
    'GitLab, termin değiştirildikten sonra kaydın açılıştaki terminini söylemez.',
  'HubSpot has no date given to the customer; name the property that holds it as dueField.':
    'HubSpot’ta müşteriye verilen tarih yoktur; onu tutan özelliği dueField olarak verin.',
  'Answers to the surveys of HubSpot are not read.': 'HubSpot anketlerinin yanıtları okunmaz.',
  'Intercom tells no due dates, and no history of attributes that could hold them.':
    'Intercom termin bildirmez, onu tutabilecek özniteliklerin geçmişini de.',
  'No audit of the table can be read: it is not audited, or the account has no right to read sys_audit.':
    'Tablonun denetim kaydı okunamıyor: tablo denetlenmiyor ya da hesabın sys_audit okuma hakkı yok.',
  'The account may not read sys_journal_field, or nothing is written there.':
    'Hesap sys_journal_field tablosunu okuyamıyor ya da orada bir şey yazılı değil.',
  'ServiceNow keeps ratings in surveys of its own, which are not read.': 'ServiceNow puanları kendi anketlerinde tutar; bunlar okunmaz.',
  'Tickets have no due date of their own; name an attribute that holds it as dueField.':
    'Taleplerin kendi termini yoktur; onu tutan özniteliği dueField olarak verin.',
  'The settings of the connection do not list "{signal}" under "tells".': 'Bağlantı ayarlarında “tells” altında “{signal}” yok.',
  'The first traces of the log have no "{column}".': 'Günlüğün ilk izlerinde “{column}” yok.',
  'Nobody rates a deal.': 'Kimse bir satış fırsatını puanlamaz.',
  'The source does not deliver "{signal}".': 'Kaynak “{signal}” bilgisini vermiyor.',
  'Nobody has said what they believe of "{metric}" here. Its board asks whoever gives a name, before it shows the number.':
    'Burada kimse “{metric}” için ne düşündüğünü söylemedi. Panosu, adını yazan herkese sayıyı göstermeden önce sorar.',
  'No sync of this connection is complete yet.': 'Bu bağlantının henüz tamamlanmış bir okuması yok.',
};
