export const points = {
  'chart.open-item': '{text}. Open its story.',
  'items.coming': 'on its way',
  'items.columns': 'Columns',
  'items.copy': 'Copy',
  'items.copied': '{n, plural, one {# row copied} other {# rows copied}}',
  'items.copied-part': 'The first {n, number} of {total, number} rows copied; the file has them all',
  'items.copy-failed': 'Could not be copied: {reason}',
};
