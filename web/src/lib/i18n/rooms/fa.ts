import type { rooms as en } from './en';

export const rooms: Record<keyof typeof en, string> = {
  'rooms.menu': 'منو',
  'rooms.boards': 'تابلوها',
  'rooms.summaries': 'خلاصه‌ها',
  'rooms.connections': 'اتصال‌ها',
  'rooms.quality': 'کیفیت داده',
  'rooms.closed': 'این صفحه برای نقش شما باز نیست',
  'rooms.closed.who': 'باز برای: {roles}. نقش شما: {role}.',
  'rooms.closed.part': 'این صفحه دربارهٔ همهٔ داده‌هاست و شما بخشی از آن را می‌بینید.',
  'rooms.closed.ask': 'مدیر می‌تواند نقش دیگری به شما بدهد.',
  'rooms.sees': 'شما می‌بینید:',
  'rooms.sees.more': 'و {n} مورد دیگر',
  'rooms.sees.nothing': 'در آنچه شما می‌بینید چیزی برای این نیست.',
  'rooms.empty': 'هنوز چیزی برای نمایش به شما نیست',
  'rooms.empty.part': 'در آنچه شما می‌بینید هنوز هیچ موردی نیست.',
  'rooms.empty.wait': 'همین که مدیر ابزاری را متصل کند، این صفحه پر می‌شود.',
};
