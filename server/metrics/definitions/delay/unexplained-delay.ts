import { timeShare } from '../../measures/time-share.js';
import { itemKeys, type Metric } from '../../metric.js';
import { measured } from '../../text/measured.js';

export const unexplainedDelay: Metric = {
  id: 'unexplained-delay',
  family: 'delay',
  definition:
    'Estimate. Of the open time past the promised date, or in our court and beyond the promised interval since our last public word, the percentage not covered by a public message of ours that gives a reason or a new date. A message covers until the date the promise is moved to with it, or else for one promised interval; the first date covers nothing, for it is what the delay is measured by. Reasons are read from the text. Time counts in the period it passes in; open items contribute the time so far, reopened ones all their open time. Counted are items with such time.',
  unit: '%',
  treatment: 'TW',
  direction: 'lower',
  counts: 'items',
  values: [],
  minimumN: 5,
  needs: ['courts', 'messages', 'visibility'],
  source: 'Own definition; interval: Cochran 1977',
  estimate: measured.reason,
  compute: {
    kind: 'counted',
    units: () => ({
      per: 'item-time',
      shares: ['unexplained'],
      counts: [],
      sql: `  select ${itemKeys}, u.from_at, least(u.to_at, s.as_of_at) as to_at, u.excluded is not null as is_excluded,
    case when u.is_explained then 0 else 1 end as unexplained
  from measured.delay u
  join source s on s.connection_id = u.connection_id
  where u.from_at < s.as_of_at`,
    }),
    measure: timeShare({ unexplained: 'unexplained' }),
  },
};
