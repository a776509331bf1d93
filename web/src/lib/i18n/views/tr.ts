import type { views as english } from './en';

export const views: Record<keyof typeof english, string> = {
  'views.menu': 'Görünümler',
  'views.mine': 'Benimkiler',
  'views.others': 'Başkalarının',
  'views.none': 'Bu sayfanın kayıtlı görünümü yok. Dönemi ve filtreleri seçip bir ad verin.',
  'views.save': 'Şu anki seçimi sakla',
  'views.name': 'Görünümün adı',
  'views.owner': 'Adınız; başkaları görünümün kime ait olduğunu bilsin',
  'views.default.choose': 'Bu sayfayı bununla aç',
  'views.default.of': 'Bu sayfayı “{name}” görünümüyle aç',
  'views.rename.of': 'Adını değiştir: “{name}”',
  'views.remove.of': 'Görünümü kaldır: “{name}”',
  'views.remove.sure': 'Herkes için kaldırılsın mı: “{name}”?',
  'views.remove': 'Kaldır',
  'views.keep': 'Sakla',
  'views.cancel': 'Vazgeç',
};
