import type { rooms as en } from './en';

export const rooms: Record<keyof typeof en, string> = {
  'rooms.menu': 'Menü',
  'rooms.boards': 'Panolar',
  'rooms.summaries': 'Özetler',
  'rooms.connections': 'Bağlantılar',
  'rooms.quality': 'Veri kalitesi',
  'rooms.closed': 'Bu sayfa rolünüze açık değil',
  'rooms.closed.who': 'Şu rollere açık: {roles}. Sizin rolünüz: {role}.',
  'rooms.closed.part': 'Bu sayfa verilerin tümüyle ilgili; siz bir bölümünü görüyorsunuz.',
  'rooms.closed.ask': 'Yönetici size başka bir rol verebilir.',
  'rooms.sees': 'Gördükleriniz:',
  'rooms.sees.more': 've {n} tane daha',
  'rooms.sees.nothing': 'Gördükleriniz içinde bununla ilgili bir şey yok.',
  'rooms.empty': 'Henüz size gösterilecek bir şey yok',
  'rooms.empty.part': 'Gördükleriniz içinde henüz hiçbir iş yok.',
  'rooms.empty.wait': 'Yönetici bir araç bağladığında bu sayfa dolacak.',
};
