import type { handled as english } from './en';

export const handled: Record<keyof typeof english, string> = {
  'handled.title': 'Listeden ilgilenilen işler',
  'handled.none': 'Veriler bu dönemdeyken kimse bir işi “ilgilenildi” olarak işaretlemedi. Bu, “Kimi aramalı” listesinde yapılır.',
  'handled.summary': '{n, number} işle ilgilenildi.',
  'handled.decided':
    'Tarihi sonuçlanan {decided, number} işten {kept, number} tanesinde tarih tutuldu, {late, number} tanesi yine de gecikti.',
  'handled.ahead': '{n, number} işin tarihi henüz gelmedi.',
  'handled.others': '{n, number} iş zaten gecikmişti, tarihsizdi ya da iptal edildi.',
  'handled.people': 'Kim ilgilendi',
  'handled.person': '{n, number} iş: {kept, number} tarihinde, {late, number} gecikmiş',
  'handled.list': 'İlgilenilen işler ({n, number})',
  'handled.more': '{n, number} işin en yeni {shown, number} tanesi.',
  'handled.date': 'o zamanki söz: {at}',
  'handled.outcome.kept': 'tarih tutuldu',
  'handled.outcome.late': 'yine de gecikti',
  'handled.outcome.ahead': 'tarihi henüz gelmedi',
  'handled.outcome.cancelled': 'tarihten önce iptal edildi',
  'handled.outcome.was-late': 'zaten gecikmişti',
  'handled.outcome.no-date': 'o zaman tarih yoktu',
};
