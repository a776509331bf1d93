import type { handled as english } from './en';

export const handled: Record<keyof typeof english, string> = {
  'handled.title': 'رسیدگی‌شده‌های فهرست',
  'handled.none': 'تا داده‌ها در این دوره بودند، کسی موردی را رسیدگی‌شده علامت نزد. این کار در فهرست «با چه کسی تماس بگیریم» انجام می‌شود.',
  'handled.summary': 'به {n, number} مورد رسیدگی شد.',
  'handled.decided':
    'از {decided, number} موردی که نتیجهٔ تاریخشان روشن است، {kept, number} مورد سر وقت و {late, number} مورد باز هم دیر شد.',
  'handled.ahead': 'تاریخ {n, number} مورد هنوز نرسیده است.',
  'handled.others': '{n, number} مورد از پیش دیر شده بود، تاریخ نداشت یا لغو شد.',
  'handled.people': 'چه کسی رسیدگی کرد',
  'handled.person': '{n, number} مورد: {kept, number} سر وقت، {late, number} دیر',
  'handled.list': 'موارد رسیدگی‌شده ({n, number})',
  'handled.more': 'تازه‌ترین {shown, number} از {n, number}.',
  'handled.date': 'قول آن زمان: {at}',
  'handled.outcome.kept': 'سر وقت',
  'handled.outcome.late': 'باز هم دیر شد',
  'handled.outcome.ahead': 'تاریخ هنوز نرسیده',
  'handled.outcome.cancelled': 'پیش از تاریخ لغو شد',
  'handled.outcome.was-late': 'از پیش دیر شده بود',
  'handled.outcome.no-date': 'آن زمان تاریخی نبود',
};
