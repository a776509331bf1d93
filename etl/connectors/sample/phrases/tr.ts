import type { Phrases } from './purposes.js';

export const tr: Phrases = {
  services: {
    Connectivity: 'internet hattı',
    'Cloud telephony': 'bulut santral',
    'Site installation': 'saha kurulumu',
    'Device care': 'cihaz bakımı',
    'Payment terminals': 'ödeme terminalleri',
    Security: 'güvenlik paketi',
  },
  lead: [
    'Merhaba, {city} şehrinde ikinci şubemizi açıyoruz ve {service} için teklif almak istiyoruz. Kiminle görüşebiliriz?',
    'İyi günler, yirmi kişilik bir ekip için {service} ücretini öğrenebilir miyiz?',
    'Mevcut sözleşmemiz yakında bitiyor, {service} için sağlayıcıları karşılaştırıyoruz. Bize teklif gönderir misiniz?',
  ],
  order: [
    '{order} numaralı siparişi onaylıyoruz: {service}, {city}. Ekibiniz ne zaman başlayabilir?',
    'Arkadaşınızla konuştuğumuz gibi {service} işine başlayabilirsiniz. Sahadaki yetkili: {name}.',
    'Kararlaştırdığımız değişikliği {order} kapsamında yapar mısınız? Sabah saatleri bize uygun.',
  ],
  question: [
    'Merhaba, {order} sözleşmesine hangi hatların bağlı olduğunu nereden görebilirim? Portalda bulamadım.',
    'Kısa bir soru: {service} hesabına ikinci bir arkadaşımız da erişebilir mi?',
    'Paketimizde {service} hafta sonlarını kapsıyor mu, yoksa ayrıca mı ücretlendiriliyor?',
  ],
  incident: [
    'Bu sabahtan beri {city} şubemizde {service} sürekli kesiliyor. Bu şekilde çalışamıyoruz, lütfen yardım edin.',
    'Merhaba, {service} yine çalışmıyor. Yeniden başlatmak işe yaramadı, kırmızı ışık yanıyor.',
    '{order}: çalışanlarımız {service} ile ilgili hata bildiriyor, müşteriler bekliyor.',
  ],
  request: [
    '{order} için iki kullanıcı daha eklemenizi rica ederiz. İsimler ekteki listede.',
    '{city} şubemiz için yedek cihaza ihtiyacımız var. Ne zaman gelebilir?',
    'Hizmeti yeni adresimize taşımak istiyoruz: {service}, {city}. Neler gerekiyor?',
  ],
  invoice: [
    '{order} için gelen son fatura konuştuğumuzdan yüksek. Kontrol edip düzeltilmiş halini gönderir misiniz?',
    'Bizden iki kez ücret alınmış. Lütfen ikinci tutarı iade edin. Konu: {service}.',
    '{order} faturasında hâlâ eski adresimiz yazıyor. Muhasebemiz kaydedemiyor, düzeltir misiniz?',
  ],
  answer: [
    'Evet, doğru, {city} şubesinde girişteki cihaz. Aynı sorun daha önce de olmuştu.',
    'İstediğiniz belgeyi ekte gönderiyorum. Numaramız {order}.',
    'Genellikle sabah dokuz ile on bir arasında oluyor. Biz hiçbir şeyi değiştirmedik.',
    'Bize uyar. Çarşamba veya perşembe en iyisi olur.',
  ],
  repeat: [
    'Daha önce de söylediğim gibi, girişteki cihaz. Bunu arkadaşınıza da anlatmıştım.',
    'Bunu zaten göndermiştim, lütfen önceki mesajıma bakın. Bir kez daha ekliyorum.',
    'Önceden de belirttiğim gibi bizim tarafta değişiklik olmadı.',
  ],
  chase: [
    '{order} ile ilgili bir gelişme var mı? Sizden haber alamadık.',
    'Merhaba, bununla ilgilenen biri var mı? Hâlâ yanıt bekliyoruz.',
    'Durum nedir, bilgi verir misiniz? Söz verilen tarih geçti.',
  ],
  askLater: [
    'Bizde bir aksilik oldu. Tarihi bir sonraki haftaya alabilir miyiz?',
    '{city} şubemiz o gün kapalı. Daha ileri bir tarih mümkün mü?',
  ],
  withdraw: [
    'Artık gerek kalmadı, {order} talebini iptal edebilirsiniz. Kusura bakmayın.',
    'Bu arada başka bir karar aldık, kaydı kapatabilirsiniz.',
  ],
  thanks: [
    'Teşekkürler {agent}, şimdi her şey çalışıyor!',
    'Harika, çok hızlı oldu. Elinize sağlık.',
    'Onaylıyorum, sorun kalmadı. Çok teşekkür ederiz.',
  ],
  broken: [
    'Maalesef aynı arıza geri geldi: {service}. Kaydı yeniden açar mısınız?',
    'Bir gün çalıştı, şimdi yine çalışmıyor. Tekrar bakabilir misiniz?',
  ],
  received: [
    'Mesajınızı aldık. Kayıt numaranız {order}. Bir arkadaşımız en kısa sürede ilgilenecek.',
    'Bize yazdığınız için teşekkürler. Bu ileti {order} için otomatik onaydır.',
  ],
  noAnswer: ['On gündür sizden haber alamadık, {order} kaydını kapatıyoruz. Hâlâ gerekiyorsa bu iletiyi yanıtlamanız yeterli.'],
  hello: [
    'Merhaba {name}, mesajınız için teşekkürler. Şimdi inceliyorum. Saygılarımla, {agent}',
    'İyi günler {name}, ben {agent}. {order} ile ben ilgileneceğim.',
    'Merhaba {name}, bildirdiğiniz için sağ olun. Başlıyorum, size döneceğim.',
  ],
  ask: [
    ['Hangi cihaz etkileniyor ve nerede duruyor, söyleyebilir misiniz?', 'Sorun tam olarak hangi cihazda ve hangi odada?'],
    ['Günün hangi saatinde oluyor, son zamanlarda bir değişiklik yaptınız mı?', 'Ne zaman ortaya çıkıyor, yakında bir şey değişti mi?'],
    ['Sözleşme numaranızı gönderir misiniz?', 'Sözleşmenizin üzerindeki numarayı alabilir miyim?'],
    ['Yerinde ziyaret için hangi gün uygun olur?', 'Teknisyenimiz hangi gün gelebilir?'],
    ['Sahadaki yetkili kişi kim, ona nasıl ulaşabiliriz?', 'Sahada kimi arayabiliriz?'],
  ],
  promise: [
    '{order} için planımız hazır: iş en geç {date} günü bitecek. {agent}',
    'En geç {date} günü elinizde olacak. Değişiklik olursa haber veririm.',
    'Ekibimiz işi {date} gününe kadar tamamlayabilir: {service}.',
  ],
  update: [
    '{order} hakkında kısa bilgi: hazırlık tamam, şimdi yapılandırma üzerinde çalışıyoruz.',
    '{service} işinde ilerliyoruz; sıradaki adım {city} şubenizle test.',
    'Merhaba {name}, her şey yolunda. Bir sonraki aşama bitince yine yazacağım.',
  ],
  reason: [
    'Tedarikçi yanlış parça gönderdiği için iş planlanandan uzun sürüyor. Doğrusunu sipariş ettik.',
    'Gecikmenin nedeni ekipteki bir hastalık; {order} işini bir arkadaşım devralıyor.',
  ],
  newDate: [
    'Tedarikçimizin teslimatı geciktiği için tarihi tutturamıyoruz. {order} için yeni tarih: {date}. Özür dileriz.',
    'Testte bulunan bir hata nedeniyle daha fazla zamana ihtiyacımız var: {date} günü bitirmiş olacağız.',
  ],
  passedOn: [
    'Konuyu uzman arkadaşlarımıza aktardım. Anlattıklarınızın hepsi onlarda, sizi arayacaklar.',
    'Talebiniz şimdi ilgili ekipte: {service}. Sizin bir şey yapmanıza gerek yok.',
  ],
  offer: [
    'Merhaba {name}, {order} numaralı teklifimiz ektedir: {service}. Otuz gün geçerlidir. {agent}',
    'Konuştuğumuz teklif burada. {order} üzerinden telefonda birlikte geçebiliriz.',
  ],
  sorryLate: [
    'Beklettiğimiz için özür dilerim. {order} üzerinde çalışıyoruz, haber olunca yazacağım.',
    'Sessizlik için kusura bakmayın. {order} unutulmadı; son testi bekliyoruz.',
  ],
  done: [
    'İyi haber: {order} tamamlandı. Eksik bir şey varsa lütfen yazın. {agent}',
    '{service} ile ilgili işi bitirdik. Bizim tarafta her şey test edildi.',
    'Sorun çözüldü: hatalı ayarı değiştirdik ve iki kez denedik. Saygılarımla, {agent}',
  ],
};
