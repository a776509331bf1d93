/** What is said around a summary that is sent, and when it could not be. */
export const delivery = {
  'delivery.late': 'Gecikti: Bu özetin {due} tarihinde gönderilmesi gerekiyordu.',
  'delivery.test': 'Deneme: {subject}',
  'delivery.test.note': 'Bu, “{schedule}” gönderim planının bir denemesidir. Başka kimseye gönderilmedi.',
  'delivery.why': 'Bu e-postayı, {owner} sizi “{schedule}” gönderim planına eklediği için alıyorsunuz.',
  'delivery.unsubscribe': 'Abonelikten çık',
  'delivery.trouble': 'Gönderilemedi: {schedule}',
  'delivery.trouble.made': '“{schedule}” planının {due} tarihli özeti hazırlanamadı: {detail}',
  'delivery.trouble.sent': '“{schedule}” planının {due} tarihli özeti {recipient} adresine ulaştırılamadı: {detail}',
  'delivery.trouble.unsure': '“{schedule}” planının {due} tarihli özetinin {recipient} adresine ulaşıp ulaşmadığı bilinmiyor: {detail}',
  'delivery.trouble.look': 'Ne olduğunu görmek ve yeniden denemek için: {address}',
  'export.mail': 'Dışa aktarım: {name}',
  'export.mail.attached': '“{name}” dışa aktarımının {due} tarihli dosyası ektedir: {file}.',
  'export.mail.link':
    '“{name}” dışa aktarımının {due} tarihli dosyası eklenemeyecek kadar büyük. Oturum açıp {file} dosyasını buradan alabilirsiniz: {address}',
  'export.mail.why':
    'Bu e-postayı, {owner} sizi “{name}” planlı dışa aktarımına eklediği için alıyorsunuz. Listeden çıkmak için {owner} ile görüşün.',
  'export.trouble': 'Dışa aktarılamadı: {name}',
  'export.trouble.made': '“{name}” dışa aktarımının {due} tarihli dosyası hazırlanamadı: {detail}',
  'export.trouble.sent': '“{name}” dışa aktarımının {due} tarihli dosyası {recipient} adresine ulaştırılamadı: {detail}',
  'unsubscribe.title': 'Abonelikten çık',
  'unsubscribe.ask': '“{schedule}” özetleri {address} adresine gönderiliyor. Artık gönderilmesin mi?',
  'unsubscribe.do': 'Artık gönderme',
  'unsubscribe.done': '{address} adresine artık “{schedule}” özeti gönderilmeyecek.',
  'unsubscribe.unknown': 'Bu bağlantı, özet alan kimseye ait değil. Plan kaldırılmış olabilir.',
};
