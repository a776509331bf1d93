import type { palette as english } from './en';

export const palette: Record<keyof typeof english, string> = {
  'palette.title': 'Git, bul ya da yap',
  'palette.placeholder': 'Sayfa, grafik, müşteri, kayıt numarası…',
  'palette.pages': 'Sayfa',
  'palette.items': 'Kayıt',
  'palette.charts': 'Grafik',
  'palette.filters': 'Yalnızca bunu göster',
  'palette.found': '{n} satır; oklarla seçin, Enter ile açın',
  'palette.nothing': 'Bu adda bir şey yok. Kayıtlar tam anahtar ya da numarayla bulunur.',
  'keys.title': 'Kısayollar',
  'keys.go': '{name} sayfasına git',
  'keys.filter': 'Filtrelere geç',
  'keys.earlier': 'Önceki dönem',
  'keys.later': 'Sonraki dönem',
  'keys.compare': 'Karşılaştırmayı kapat ya da aç',
  'keys.on': 'Tek tuşlu kısayollar açık',
};
