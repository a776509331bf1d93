import { timeShare } from '../../measures/time-share.js';
import { itemKeys, type Metric } from '../../metric.js';

export const visibilityCoverage: Metric = {
  id: 'visibility-coverage',
  family: 'visibility',
  definition:
    'Of the time items are open, the percentage in which all four hold: someone has it, no promised date has passed, a next date stands, and the last public word is fresher than the promised interval; each part also alone. Time counts in the period it passes in; open items contribute the time so far, reopened ones all their open time.',
  unit: '%',
  treatment: 'TW',
  direction: 'higher',
  counts: 'items',
  values: ['covered', 'owned', 'dueNotPast', 'nextStep', 'fresh'],
  minimumN: 5,
  needs: ['team', 'due', 'messages', 'visibility'],
  source: 'Own definition; interval: Cochran 1977',
  compute: {
    kind: 'counted',
    units: () => ({
      per: 'item-time',
      shares: ['covered', 'owned', 'due_not_past', 'next_step', 'fresh'],
      counts: [],
      isHeldByWeek: true,
      sql: `  select ${itemKeys}, u.from_at, least(u.to_at, s.as_of_at) as to_at, u.excluded is not null as is_excluded,
    case when u.is_owned and not u.is_due_past and u.has_next_step and u.is_fresh then 1 else 0 end as covered,
    case when u.is_owned then 1 else 0 end as owned,
    case when u.is_due_past then 0 else 1 end as due_not_past,
    case when u.has_next_step then 1 else 0 end as next_step,
    case when u.is_fresh then 1 else 0 end as fresh
  from measured.interval u
  join source s on s.connection_id = u.connection_id
  where u.from_at < s.as_of_at`,
    }),
    measure: timeShare({ covered: 'covered', owned: 'owned', dueNotPast: 'due_not_past', nextStep: 'next_step', fresh: 'fresh' }),
  },
};
