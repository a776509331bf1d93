import { durations } from '../../measures/durations.js';
import { keysWithTeam, secondsBetween, type Metric } from '../../metric.js';

export const escalationWait: Metric = {
  id: 'escalation-wait',
  family: 'friction',
  definition:
    'Where the first team could not finish an item: the time from handing it on for the first time to the first own act of the next team, by the period of that handoff; half and 85 % have begun within it. Escalations nobody has acted on yet count with the time so far (Kaplan-Meier), also on open and reopened items; passing on or ending without an act is another end. Broken down by team it is the one that escalated.',
  unit: 's',
  treatment: 'KM',
  direction: 'lower',
  counts: 'handoffs',
  values: ['p85', 'p50'],
  minimumN: 5,
  needs: ['team'],
  source: 'Kaplan & Meier 1958; Aalen & Johansen 1978',
  compute: {
    kind: 'counted',
    units: () => ({
      per: 'row',
      columns: ['entry_seconds', 'exit_seconds', 'ended'],
      sql: `  select ${keysWithTeam('u.from_id')}, u.at, u.excluded is not null or u.at < s.since_at as is_excluded,
    -1 as entry_seconds,
    ${secondsBetween('u.at', 'least(u.acted_at, u.until_at, s.as_of_at)')} as exit_seconds,
    case
      when u.acted_at <= least(u.until_at, s.as_of_at) then 1
      when u.until_at <= s.as_of_at then 2
      else 0
    end as ended
  from measured.handoff u
  join source s on s.connection_id = u.connection_id
  where u.at <= s.as_of_at and u.level = 'team' and u.n = 1`,
    }),
    measure: durations({ p85: 0.85, p50: 0.5 }),
  },
};
