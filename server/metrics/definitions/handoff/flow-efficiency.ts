import { timeShare } from '../../measures/time-share.js';
import { itemKeys, type Metric } from '../../metric.js';

export const flowEfficiency: Metric = {
  id: 'flow-efficiency',
  family: 'handoff',
  definition:
    'Of the time items are open, the percentage in which someone of ours works on them: a ratio of sums, and the median over items. Time counts in the period it passes in; open items contribute the time so far, reopened ones all their open time. Absent where the source maps no waiting states.',
  unit: '%',
  treatment: 'TW',
  direction: 'higher',
  counts: 'items',
  values: ['ratio', 'itemMedian'],
  minimumN: 5,
  needs: ['courts'],
  source: 'Kanban Guide; interval: Cochran 1977',
  compute: {
    kind: 'counted',
    units: () => ({
      per: 'item-time',
      shares: ['active'],
      counts: [],
      isHeldByWeek: true,
      sql: `  select ${itemKeys}, u.from_at, least(u.to_at, s.as_of_at) as to_at, u.excluded is not null as is_excluded,
    case when u.court = 'ours_active' then 1 else 0 end as active
  from measured.interval u
  join source s on s.connection_id = u.connection_id
  where u.from_at < s.as_of_at`,
    }),
    measure: timeShare({ ratio: 'active' }, 'itemMedian'),
  },
};
