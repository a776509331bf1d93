import { durations } from '../../measures/durations.js';
import { itemKeys, secondsBetween, type Metric } from '../../metric.js';
import { derivedOnce } from '../../prepared.js';
import type { Within } from '../../within.js';

/** How long silences that still last were with us so far. */
const lastingSilences = (
  within: Within,
) => `  select q.item_id, q.n, sum(${secondsBetween('greatest(t.from_at, q.from_at)', 'least(t.to_at, q.to_at, z.as_of_at)')}) as ours_seconds
  from measured.interval t
  join measured.silence q on q.item_id = t.item_id
  join source z on z.connection_id = q.connection_id
  where q.ours_seconds is null and t.court in ('ours_active', 'ours_waiting')
    and t.from_at < least(q.to_at, z.as_of_at) and t.to_at > q.from_at ${within.item('q')} ${within.item('t')}
  group by q.item_id, q.n`;

export const longestSilence: Metric = {
  id: 'longest-silence',
  family: 'delay',
  definition:
    'The longest an item went without a public word of ours while the ball was in our court, of the silences that ended in the period: the median item and the one at 85 %. A silence that still lasts counts with its time so far, in the period of the data. Each cycle of a reopened item counts.',
  unit: 's',
  treatment: 'TW',
  direction: 'lower',
  counts: 'items',
  values: ['p50', 'p85'],
  minimumN: 5,
  needs: ['courts', 'messages', 'visibility'],
  source: 'Own definition; Hyndman & Fan 1996',
  compute: {
    kind: 'counted',
    prepare: derivedOnce({ name: 'lasting-silences', select: lastingSilences, isOfCustomers: true }),
    units: () => ({
      per: 'item',
      columns: { silent_seconds: 'max' },
      sql: `  select ${itemKeys}, case when u.to_at <= s.as_of_at then u.to_at else s.as_of_at end as at, u.excluded is not null as is_excluded,
    coalesce(u.ours_seconds, r.ours_seconds, 0)::float8 as silent_seconds
  from measured.silence u
  join source s on s.connection_id = u.connection_id
  left join prepared r on r.item_id = u.item_id and r.n = u.n
  where u.from_at <= s.as_of_at`,
    }),
    measure: durations({ p50: 0.5, p85: 0.85 }, 'silent_seconds'),
  },
};
