export const notes = {
  'notes.kind.release': 'Թողարկում',
  'notes.kind.holiday': 'Տոն',
  'notes.kind.reorganisation': 'Վերակազմակերպում',
  'notes.kind.other': 'Այլ',
  'notes.column': 'Իրադարձություններ',
  'notes.told': 'Իրադարձություններ ժամանակի առանցքի վրա՝ {notes}։',
};
