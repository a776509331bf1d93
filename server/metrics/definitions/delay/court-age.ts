import { durations } from '../../measures/durations.js';
import { itemKeys, secondsBetween, type Metric } from '../../metric.js';

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
    units: () => ({
      per: 'row',
      columns: ['left_seconds'],
      segment: { column: 'u.court', join: '' },
      sql: `  select ${itemKeys}, u.ended_at as at, u.excluded is not null as is_excluded, v.court,
    ${secondsBetween('u.created_at', 'v.left_at')} as left_seconds
  from measured.item u
  join source s on s.connection_id = u.connection_id
  join (
    select i.item_id, i.court, max(i.to_at) as left_at
    from measured.interval i
    join measured.item d on d.item_id = i.item_id and d.outcome = 'done'
      and d.ended_at >= (select min(from_at) from bucket) and d.ended_at < (select max(to_at) from bucket)
    where i.to_at < 'infinity'
    group by i.item_id, i.court
  ) v on v.item_id = u.item_id
  where u.outcome = 'done' and u.ended_at <= s.as_of_at`,
    }),
    measure: durations({ p50: 0.5, p85: 0.85, p95: 0.95 }, 'left_seconds'),
  },
};
