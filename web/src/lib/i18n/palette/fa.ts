import type { palette as english } from './en';

export const palette: Record<keyof typeof english, string> = {
  'palette.title': 'رفتن، یافتن یا انجام دادن',
  'palette.placeholder': 'صفحه، نمودار، مشتری، شمارهٔ مورد…',
  'palette.pages': 'صفحه',
  'palette.items': 'مورد',
  'palette.charts': 'نمودار',
  'palette.filters': 'فقط نمایش',
  'palette.found': '{n, plural, other {# سطر}}؛ با کلیدهای جهت انتخاب کنید و Enter بزنید',
  'palette.nothing': 'چیزی با این نام نیست. موارد با کلید یا شمارهٔ کامل پیدا می‌شوند.',
  'keys.title': 'کلیدهای میان‌بر',
  'keys.go': 'رفتن به {name}',
  'keys.filter': 'رفتن به فیلترها',
  'keys.earlier': 'دورهٔ پیشین',
  'keys.later': 'دورهٔ بعدی',
  'keys.compare': 'خاموش و روشن کردن مقایسه',
  'keys.on': 'میان‌برهای تک‌کلیدی روشن است',
};
