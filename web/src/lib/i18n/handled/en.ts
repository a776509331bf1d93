/** What became of the items that were handled from the watch list. */
export const handled = {
  'handled.title': 'Handled from the list',
  'handled.none': 'Nobody has marked an item as handled while the data stood in this period. It is done on the list “Whom to call”.',
  'handled.summary': '{n, plural, one {# item was} other {# items were}} handled.',
  'handled.decided':
    'Of the {decided, plural, one {# whose date has been decided} other {# whose dates have been decided}}, {kept, number} kept {kept, plural, one {it} other {them}} and {late, number} {late, plural, one {was} other {were}} late all the same.',
  'handled.ahead': '{n, plural, one {The date of # is} other {The dates of # are}} still ahead.',
  'handled.others': '{n, plural, one {# was} other {# were}} late already, without a date, or cancelled.',
  'handled.people': 'By whom',
  'handled.person': '{n, plural, one {# item} other {# items}}: {kept, number} kept, {late, number} late',
  'handled.list': 'The items handled ({n, number})',
  'handled.more': 'The latest {shown, number} of {n, number}.',
  'handled.date': 'promised then for {at}',
  'handled.outcome.kept': 'date kept',
  'handled.outcome.late': 'late all the same',
  'handled.outcome.ahead': 'date still ahead',
  'handled.outcome.cancelled': 'cancelled before the date',
  'handled.outcome.was-late': 'was late already',
  'handled.outcome.no-date': 'no date then',
} as const;
