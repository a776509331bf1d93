import { rate } from '../../measures/rate.js';
import { keysWithTeam, type Metric } from '../../metric.js';
import { anywhere } from '../../within.js';

export const firstOwnerAuthority: Metric = {
  id: 'first-owner-authority',
  family: 'friction',
  definition:
    'Of the items finished in the period, the percentage that the first team to own them finished without handing them to another one first, so that nobody waited for an escalation. An item that went away and came back was escalated. Broken down by team it is the first team. Reopened items count with their final finish, open ones not yet; items nobody ever owned are left out and counted.',
  unit: '%',
  treatment: 'COH',
  direction: 'higher',
  counts: 'items',
  values: [],
  minimumN: 5,
  needs: ['finish', 'team'],
  source: 'Own definition; interval: Wilson 1927',
  compute: {
    kind: 'counted',
    units: ({ within = anywhere }) => ({
      per: 'row',
      columns: ['happened'],
      sql: `  select ${keysWithTeam('u.first_team_id')}, u.ended_at as at,
    u.excluded is not null or u.first_team_id is null as is_excluded,
    case when h.at <= u.ended_at then 0 else 1 end as happened
  from measured.item u
  join source s on s.connection_id = u.connection_id
  left join measured.handoff h on h.item_id = u.item_id and h.level = 'team' and h.n = 1 ${within.item('h')}
  where u.outcome = 'done' and u.ended_at <= s.as_of_at`,
    }),
    measure: rate(),
  },
};
