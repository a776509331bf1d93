/** Charts that draw single items, and the metrics made for them. */
export const points = {
  'chart.lead-time-points.title': 'Every item: when it ended and how long it took',
  'chart.ageing.title': 'Open work by age, against the pace of finished work',
  'chart.slip-ledger.title': 'Slip ledger: from the first promise to the last',
  'chart.silence-calendar.title': 'Days of silence',

  'metric.item-age.name': 'Age of open work',
  'metric.item-age.feels': 'How long I have been waiting by now.',
  'metric.item-age.definition':
    'Time since the creation of the items that are open at the end of the period, or of the data within it: half, 85 % and 95 % of them are no older. Reopened items are as old as they are since their creation.',
  'metric.court-age.name': 'Age at leaving a court',
  'metric.court-age.feels': 'How far others had come when they were as old as mine.',
  'metric.court-age.definition':
    'How old finished items were when they last left each court: worked on by us, waiting with us, with the customer, with a third party. By the period they were finished in. Finished items only.',
  'metric.silent-items.name': 'Items in silence',
  'metric.silent-items.feels': 'I am one of those who hear nothing.',
  'metric.silent-items.definition':
    'Of the items that were open in our court in the period, the percentage that were without a public word of ours for longer than the promised interval at some time in it. An item counts once a period; open and reopened ones count like the others.',

  'court.ours_active': 'ours, worked on',
  'court.ours_waiting': 'ours, waiting',
  'court.customer': 'customer',
  'court.third_party': 'third party',

  'head.item': 'Item',
  'head.ended': 'Ended',
  'head.took': 'Took',
  'head.state': 'State',
  'head.court': 'Court',
  'head.age': 'Age',
  'head.chance-late': 'Chance of being late',
  'head.first-promise': 'First promise',
  'head.last-promise': 'Last promise',
  'head.slip': 'Slip',
  'head.moves': 'Moves',
  'head.moves-after-due': 'of these after the date had passed',
  'head.moves-asked': 'of these asked by the customer',
  'head.day': 'Day',
  'head.silent-items': 'Items in silence',
  'head.open-items': 'of items in our court',

  'state.finished': 'finished',
  'state.open': 'still open',
  'state.cancelled': 'cancelled',
  'risk.late': 'date passed',
  'risk.likely': 'likely to be late',
  'risk.ahead': 'date ahead',
  'risk.none': 'no date given',
  'move.first': 'first promise',
  'move.moved': 'moved before the date',
  'move.after': 'moved after the date had passed',
  'move.asked': 'the customer asked for it',

  'point.finished': '{item}: {value}, ended on {at}',
  'point.open': '{item}: open for {value} so far',
  'point.cancelled': '{item}: cancelled after {value}, on {at}',
  'point.age': '{item}: {age} old, {court}, {risk}',
  'point.chance': 'chance of being late {chance}',
  'point.slip':
    '{item}: from {first} to {last}, {slip}; {moves, plural, one {# move} other {# moves}}, {after} after the date had passed, {asked} asked by the customer',
  'point.silence': '{day}: {count} without a word for too long, of {all} in our court',

  'summary.points': '{name} of {count}: {values}. Items still open stand where the data ends, with their age so far.',
  'summary.sample': '{shown} of {all} are drawn, picked by chance and always the same ones; the lines are those of all.',
  'summary.sample.row': '{shown} of {all} shown, picked by chance',
  'summary.greatest':
    '{shown, plural, one {# of {all} is shown: the one that moved most} other {# of {all} are shown: those that moved most}}.',
  'summary.ageing':
    '{count} open. Of those drawn, {older, plural, one {# is} other {# are}} older than 85 % of the finished ones were when they last left the same court; the date of {late, number} has passed, and {likely, plural, one {# more is} other {# more are}} likely to be late.',
  'summary.ageing.no-pace':
    '{count} open; too few are finished to tell the usual pace. The date of {late, number} has passed, and {likely, plural, one {# more is} other {# more are}} likely to be late.',
  'summary.ledger': '{item} moved most: from {first} to {last}, {slip}.',
  'summary.ledger.none': 'No promise was moved in this period.',
  'summary.silence-calendar': 'Most on {day}: {count} without a word for too long, of {all} in our court; on the last day {last}.',
  'summary.silence-calendar.none': 'On no day was an item without a word for too long.',
  'summary.half-year': 'The last 26 weeks of the period.',
};
