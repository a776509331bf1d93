export const notes = {
  'notes.kind.release': 'Sürüm',
  'notes.kind.holiday': 'Tatil',
  'notes.kind.reorganisation': 'Yeniden yapılanma',
  'notes.kind.other': 'Başka',
  'notes.column': 'Olaylar',
  'notes.told': 'Zaman eksenindeki olaylar: {notes}.',
};
