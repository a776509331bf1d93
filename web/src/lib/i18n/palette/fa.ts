import type { palette as english } from './en';

export const palette: Record<keyof typeof english, string> = {
  'palette.title': 'برو، بیاب یا انجام بده',
  'palette.placeholder': 'صفحه، نمودار، مشتری، شمارهٔ مورد…',
  'palette.pages': 'صفحه',
  'palette.items': 'مورد',
  'palette.charts': 'نمودار',
  'palette.filters': 'نمایش تنها',
  'palette.found': '{n, number} سطر؛ با پیکان‌ها برگزینید و Enter بزنید',
  'palette.nothing': 'چیزی با این نام نیست. موردها با کلید یا شمارهٔ کامل یافت می‌شوند.',
  'keys.title': 'کلیدها',
  'keys.go': 'رفتن به {name}',
  'keys.filter': 'رفتن به پالایه‌ها',
  'keys.earlier': 'بازهٔ پیشین',
  'keys.later': 'بازهٔ بعدی',
  'keys.compare': 'خاموش و روشن کردن مقایسه',
  'keys.on': 'کلیدهای تکی روشن‌اند',
};
