import { means } from '../../measures/means.js';
import { itemKeys, keysWithTeam, type Metric, type Units } from '../../metric.js';
import { anywhere, type Within } from '../../within.js';

/** Each handoff loses from when the sender let go to the first own act of the receiver; the whole stay where it then goes straight back. */
const lostTime = (within: Within): Units => ({
  per: 'item-time',
  shares: ['lost'],
  counts: [],
  isHeldByWeek: true,
  sql: `  with passed as (
    select u.item_id, u.connection_id, u.left_at, u.acted_at, u.until_at,
      lead(u.returns) over (partition by u.item_id order by u.n) as next_returns,
      lead(u.at) over (partition by u.item_id order by u.n) as next_at
    from measured.handoff u
    where u.level = 'team' ${within.item('u')}
  ),
  loss as (
    select p.item_id, p.left_at,
      case
        when p.next_returns = 'direct' and p.next_at <= s.as_of_at then p.until_at
        else least(p.acted_at, p.until_at, s.as_of_at)
      end as lost_until
    from passed p
    join source s on s.connection_id = p.connection_id
  )
  select ${itemKeys}, u.from_at, least(u.to_at, s.as_of_at) as to_at, u.excluded is not null as is_excluded, 0 as lost
  from measured.interval u
  join source s on s.connection_id = u.connection_id
  where u.from_at < s.as_of_at
  union all
  select ${keysWithTeam('coalesce(u.first_team_id, u.team_id)')},
    u.created_at, u.created_at, u.excluded is not null, 0
  from measured.item u
  join source s on s.connection_id = u.connection_id
  where u.created_at <= s.as_of_at
  union all
  select ${itemKeys}, greatest(u.from_at, l.left_at), least(u.to_at, l.lost_until), u.excluded is not null, 1
  from measured.interval u
  join source s on s.connection_id = u.connection_id
  join loss l on l.item_id = u.item_id
  where u.court in ('ours_active', 'ours_waiting')
    and greatest(u.from_at, l.left_at, s.since_at) < least(u.to_at, l.lost_until)`,
});

export const handoffLossTime: Metric = {
  id: 'handoff-loss-time',
  family: 'handoff',
  definition:
    'Time in our court lost to handoffs, per item open in the period: with nobody between sender and receiver, waiting for the first own act of the receiver, and the whole stay with a team that sent it straight back (A to B to A). Each second counts once, in the period it passes in; open items contribute the time so far, reopened ones all their open time.',
  unit: 's',
  treatment: 'TW',
  direction: 'lower',
  counts: 'items',
  values: [],
  minimumN: 5,
  needs: ['team', 'courts'],
  source: 'Own definition; interval of a mean over items',
  compute: { kind: 'counted', units: ({ within = anywhere }) => lostTime(within), measure: means({ value: 'lost' }) },
};
