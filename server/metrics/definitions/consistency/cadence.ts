import { timeShare } from '../../measures/time-share.js';
import { itemKeys, type Metric } from '../../metric.js';

export const cadence: Metric = {
  id: 'cadence',
  family: 'consistency',
  definition:
    'Of the time the ball is in our court, the percentage in which our last public word (or the creation) is no older than the promised update interval. Time counts in the period it passes in; open items contribute the time so far, reopened ones all their open time.',
  unit: '%',
  treatment: 'TW',
  direction: 'higher',
  counts: 'items',
  values: [],
  minimumN: 5,
  needs: ['courts', 'messages', 'visibility'],
  source: 'Own definition; interval: Cochran 1977',
  compute: {
    kind: 'counted',
    units: () => ({
      per: 'item-time',
      shares: ['fresh'],
      counts: [],
      sql: `  select ${itemKeys}, u.from_at, least(u.to_at, s.as_of_at) as to_at, u.excluded is not null as is_excluded,
    case when u.is_fresh then 1 else 0 end as fresh
  from measured.interval u
  join source s on s.connection_id = u.connection_id
  where u.court in ('ours_active', 'ours_waiting') and u.from_at < s.as_of_at`,
    }),
    measure: timeShare({ fresh: 'fresh' }),
  },
};
