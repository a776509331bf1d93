import { itemKeys, type Units } from '../../metric.js';

/** Time in our court; `silent` is 1 where it lies more than the promised interval after our last public word, or the creation. */
export const silenceTimes: Units = {
  per: 'item-time',
  shares: ['silent'],
  counts: [],
  isHeldByWeek: true,
  sql: `  select ${itemKeys}, u.from_at, least(u.to_at, s.as_of_at) as to_at, u.excluded is not null as is_excluded,
    case when u.is_fresh then 0 else 1 end as silent
  from measured.interval u
  join source s on s.connection_id = u.connection_id
  where u.court in ('ours_active', 'ours_waiting') and u.from_at < s.as_of_at`,
};
