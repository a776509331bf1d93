import { durations } from '../../measures/durations.js';
import { itemKeys, secondsBetween, type Metric } from '../../metric.js';
import { derivedOfWindow } from '../../prepared.js';
import type { Within } from '../../within.js';

/** The items open in the last second of each period, or when the data ends within it, in the court they were in. */
const openItems = (
  within: Within,
) => `  select u.item_id, u.connection_id, u.team_id, u.customer_id, u.type, u.service, u.channel, u.priority, u.language,
    u.excluded, u.outcome, u.created_at, t.at, v.court, v.is_due_past, v.has_next_step
  from measured.interval v
  join (
    select distinct z.connection_id, least(b.to_at - interval '1 second', z.as_of_at) as at
    from bucket b
    join source z on z.as_of_at >= b.from_at
  ) t on t.connection_id = v.connection_id and v.from_at <= t.at and v.to_at > t.at
  join measured.item u on u.item_id = v.item_id and u.created_at <= t.at and u.ended_at > t.at ${within.item('u')}
  where v.to_at > (select min(from_at) from bucket) ${within.item('v')}`;

export const itemAge: Metric = {
  id: 'item-age',
  family: 'delay',
  definition:
    'Age of the items open in the last second of the period, or when the data ends within it: the time since their creation. Half, 85 % and 95 % of them are no older. A reopened item is open again and as old as since its creation. An item open over several periods counts in each.',
  unit: 's',
  treatment: 'TW',
  direction: 'lower',
  counts: 'items',
  values: ['p50', 'p85', 'p95'],
  minimumN: 5,
  needs: ['finish', 'courts'],
  source: 'Kanban Guide (work item age); Hyndman & Fan 1996',
  compute: {
    kind: 'counted',
    prepare: derivedOfWindow({ name: 'open-items', select: openItems }),
    units: () => ({
      per: 'row',
      columns: ['age_seconds', 'court', 'is_due_past', 'has_date'],
      sql: `  select ${itemKeys}, u.at, u.excluded is not null or u.outcome = 'unknown' as is_excluded,
    ${secondsBetween('u.created_at', 'u.at')} as age_seconds,
    u.court,
    case when u.is_due_past then 1 else 0 end as is_due_past,
    case when u.is_due_past or u.has_next_step then 1 else 0 end as has_date
  from prepared u
  join source s on s.connection_id = u.connection_id`,
    }),
    measure: durations({ p50: 0.5, p85: 0.85, p95: 0.95 }, 'age_seconds'),
    tells: { numbers: { age: 'age_seconds', isDuePast: 'is_due_past', hasDate: 'has_date' }, texts: { court: 'court' } },
  },
};
