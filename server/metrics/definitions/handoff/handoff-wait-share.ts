import { timeShare } from '../../measures/time-share.js';
import { itemKeys, type Metric, type Units } from '../../metric.js';
import { anywhere, type Within } from '../../within.js';
import { ofLevel, type Level } from './handoff.units.js';

/** Time in our court, and again those parts of it in which the receiver of a handoff has not begun. */
const waitingTime = (level: Level, within: Within): Units => ({
  per: 'item-time',
  shares: ['ours', 'waiting'],
  counts: [],
  isHeldByWeek: true,
  sql: `  select ${itemKeys}, u.from_at, least(u.to_at, s.as_of_at) as to_at, u.excluded is not null as is_excluded,
    1 as ours, case when u.is_owned then 0 else 1 end as waiting
  from measured.interval u
  join source s on s.connection_id = u.connection_id
  where u.from_at < s.as_of_at and u.court in ('ours_active', 'ours_waiting')
  union all
  select ${itemKeys}, greatest(u.from_at, h.at), least(u.to_at, h.acted_at, h.until_at, s.as_of_at), u.excluded is not null, 0, 1
  from measured.interval u
  join source s on s.connection_id = u.connection_id
  join (select u.* from measured.handoff u where ${ofLevel[level]} ${within.item('u')}) h on h.item_id = u.item_id
  where u.is_owned and u.court in ('ours_active', 'ours_waiting')
    and greatest(u.from_at, h.at, s.since_at) < least(u.to_at, h.acted_at, h.until_at, s.as_of_at)`,
});

export const handoffWaitShare: Metric = {
  id: 'handoff-wait-share',
  family: 'handoff',
  definition:
    'Of the time the ball is in our court, the percentage in which nobody has the item or the receiver of a handoff has not begun: a ratio of sums. Time counts in the period it passes in; open items contribute the time so far, reopened ones all their open time. Option level=person: handoffs between persons.',
  unit: '%',
  treatment: 'TW',
  direction: 'lower',
  counts: 'items',
  values: [],
  minimumN: 5,
  needs: ['team', 'courts'],
  source: 'Own definition; interval: Cochran 1977',
  options: ['level'],
  compute: {
    kind: 'counted',
    units: ({ level, within = anywhere }) => waitingTime(level, within),
    measure: timeShare({ waiting: 'waiting' }, undefined, 'ours'),
  },
};
