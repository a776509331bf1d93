import { rate } from '../../measures/rate.js';
import { itemKeys, type Metric } from '../../metric.js';
import { anywhere } from '../../within.js';

export const promisesKept: Metric = {
  id: 'promises-kept',
  family: 'friction',
  definition:
    'Of all the dates we gave a customer and that have passed, first ones and later ones alike, the percentage by which the item was finished, by the period of the date. A date we moved or took back stays a promise; one the customer asked to move before it passed, and one whose item was cancelled before it, is left out and counted. Open past a date is not kept; a reopened item counts with its final finish.',
  unit: '%',
  treatment: 'EVT',
  direction: 'higher',
  counts: 'promises',
  values: [],
  minimumN: 5,
  needs: ['finish', 'due', 'first-due'],
  source: 'Own definition; interval: Wilson 1927',
  compute: {
    kind: 'counted',
    units: ({ within = anywhere }) => ({
      per: 'row',
      columns: ['happened'],
      sql: `  select ${itemKeys}, u.due_at as at,
    u.excluded is not null
      or i.outcome = 'unknown'
      or (i.outcome = 'cancelled' and i.ended_at <= u.due_at)
      or (coalesce(m.asked_by_customer, false) and u.until_at <= u.due_at) as is_excluded,
    case when i.outcome = 'done' and i.ended_at <= u.due_at then 1 else 0 end as happened
  from measured.promise u
  join source s on s.connection_id = u.connection_id
  join measured.item i on i.item_id = u.item_id ${within.item('i')}
  left join measured.promise m on m.item_id = u.item_id and m.n = u.n + 1 ${within.item('m')}
  where u.due_at < s.as_of_at`,
    }),
    measure: rate(),
  },
};
