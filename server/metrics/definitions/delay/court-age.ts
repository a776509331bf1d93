import { durations } from '../../measures/durations.js';
import { itemKeys, secondsBetween, type Metric } from '../../metric.js';
import { derivedOfWindow } from '../../prepared.js';
import type { Within } from '../../within.js';

/** The items finished in the window, once for each court they were in, with how old they were when they left it. */
const courtsLeft = (
  within: Within,
) => `  select u.item_id, u.connection_id, u.team_id, u.customer_id, u.type, u.service, u.channel, u.priority, u.language,
    u.excluded, u.ended_at as at, v.court, ${secondsBetween('u.created_at', 'v.left_at')} as left_seconds
  from (
    select i.item_id, i.court, max(i.to_at) as left_at
    from measured.interval i
    join measured.item d on d.item_id = i.item_id and d.outcome = 'done'
      and d.ended_at >= (select min(from_at) from bucket) and d.ended_at < (select max(to_at) from bucket) ${within.item('d')}
    where i.to_at < 'infinity' ${within.item('i')}
    group by i.item_id, i.court
  ) v
  join measured.item u on u.item_id = v.item_id and u.outcome = 'done'
    and u.ended_at >= (select min(from_at) from bucket) and u.ended_at < (select max(to_at) from bucket) ${within.item('u')}`;

export const courtAge: Metric = {
  id: 'court-age',
  family: 'delay',
  definition:
    'How old finished items were when they last left each court, by the period they were finished in: the age half, 85 % and 95 % of those that were in that court had not passed then. Finished items only; a reopened item counts once, up to its final finish. Beside it the age of an open item says how far others had come by then.',
  unit: 's',
  treatment: 'FIN',
  direction: 'lower',
  counts: 'items',
  values: ['p50', 'p85', 'p95'],
  minimumN: 5,
  needs: ['finish', 'courts'],
  source: 'Vacanti 2015 (pace percentiles); Hyndman & Fan 1996',
  compute: {
    kind: 'counted',
    prepare: derivedOfWindow({ name: 'courts-left', select: courtsLeft }),
    units: () => ({
      per: 'row',
      columns: ['left_seconds'],
      segment: { column: 'u.court', join: '' },
      sql: `  select ${itemKeys}, u.at, u.excluded is not null as is_excluded, u.court, u.left_seconds
  from prepared u
  join source s on s.connection_id = u.connection_id
  where u.at <= s.as_of_at`,
    }),
    measure: durations({ p50: 0.5, p85: 0.85, p95: 0.95 }, 'left_seconds'),
  },
};
