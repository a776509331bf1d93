/** Words of notes on the time axis. */
export const notes = {
  'notes.kind.release': 'Release',
  'notes.kind.holiday': 'Holiday',
  'notes.kind.reorganisation': 'Reorganisation',
  'notes.kind.other': 'Other',
  'notes.column': 'Events',
  'notes.told': 'Events on the time axis: {notes}.',
};
