import type { wall as english } from './en';

export const wall: Record<keyof typeof english, string> = {
  'wall.title': 'نمایشگر دیواری',
  'wall.open': 'نمایش روی نمایشگر دیواری',
  'wall.all': 'همهٔ تابلوها روی نمایشگر دیواری',
  'wall.leave': 'خروج از نمایشگر دیواری',
  'wall.previous': 'نمودارهای پیشین',
  'wall.next': 'نمودارهای بعدی',
  'wall.pause': 'توقف چرخش',
  'wall.go-on': 'ادامهٔ چرخش',
  'wall.full': 'تمام صفحه',
  'wall.sheet': '{at} از {all}',
  'wall.offline': 'سرور پاسخ نمی‌دهد؛ این اعداد مربوط به {at} است.',
};
