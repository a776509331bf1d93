import type { palette as english } from './en';

export const palette: Record<keyof typeof english, string> = {
  'palette.title': 'Git, bul ya da yap',
  'palette.placeholder': 'Sayfa, grafik, müşteri, iş numarası…',
  'palette.pages': 'Sayfa',
  'palette.items': 'İş',
  'palette.charts': 'Grafik',
  'palette.filters': 'Yalnızca bunu göster',
  'palette.found': '{n, plural, other {# satır}}; oklarla seçin, Enter ile açın',
  'palette.nothing': 'Bu adda bir şey yok. İşler tam anahtarı ya da numarasıyla bulunur.',
  'keys.title': 'Kısayollar',
  'keys.go': 'Git: {name}',
  'keys.filter': 'Filtrelere geç',
  'keys.earlier': 'Önceki dönem',
  'keys.later': 'Sonraki dönem',
  'keys.compare': 'Karşılaştırmayı kapat ya da aç',
  'keys.on': 'Tek tuşlu kısayollar açık',
};
