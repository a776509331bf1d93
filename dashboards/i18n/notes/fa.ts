export const notes = {
  'notes.kind.release': 'انتشار',
  'notes.kind.holiday': 'تعطیلی',
  'notes.kind.reorganisation': 'تغییر سازمانی',
  'notes.kind.other': 'دیگر',
  'notes.column': 'رویدادها',
  'notes.told': 'رویدادهای محور زمان: {notes}.',
};
