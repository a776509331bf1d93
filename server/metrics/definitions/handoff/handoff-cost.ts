import { matchedGap } from '../../measures/matched-gap.js';
import { itemKeys, secondsBetween, type Metric } from '../../metric.js';
import { anywhere } from '../../within.js';

export const handoffCost: Metric = {
  id: 'handoff-cost',
  family: 'handoff',
  definition:
    'How much longer the median lead time of items with a handoff between teams is than that of items without one, by the period of creation: compared within the same type and priority, each such stratum weighted by its items, those with fewer than six of either kind, or too few finished yet to bound both medians, left out. An association, not a cause: what takes long has more time to be handed over. Open items count with the time so far and the handoffs so far (Kaplan-Meier), cancelled ones are another end, a reopened item counts once, to its final finish. Items created before the history can be trusted are left out and counted.',
  unit: 's',
  treatment: 'KM',
  direction: 'lower',
  counts: 'items',
  values: ['difference', 'handed', 'kept', 'matched'],
  units: { matched: '%' },
  minimumN: 5,
  needs: ['finish', 'team'],
  source: 'Own definition; Aalen & Johansen 1978; interval: Zou & Donner 2008 (MOVER)',
  compute: {
    kind: 'counted',
    units: ({ within = anywhere }) => ({
      per: 'row',
      columns: ['priority', 'handed', 'entry_seconds', 'exit_seconds', 'ended'],
      sql: `  with passed as materialized (
    select u.item_id, min(u.at) as first_at
    from measured.handoff u
    where u.level = 'team' ${within.item('u')}
    group by u.item_id
  )
  select ${itemKeys}, u.created_at as at,
    u.excluded is not null or u.outcome = 'unknown' or u.created_at < s.since_at as is_excluded,
    case when p.first_at <= least(u.ended_at, s.as_of_at) then 1 else 0 end as handed,
    -1 as entry_seconds,
    ${secondsBetween('u.created_at', 'least(u.ended_at, s.as_of_at)')} as exit_seconds,
    case when u.ended_at > s.as_of_at then 0 when u.outcome = 'done' then 1 else 2 end as ended
  from measured.item u
  join source s on s.connection_id = u.connection_id
  left join passed p on p.item_id = u.item_id
  where u.created_at <= s.as_of_at`,
    }),
    measure: matchedGap(),
  },
};
