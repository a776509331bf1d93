import { rate } from '../../measures/rate.js';
import { keysWithTeam, type Metric } from '../../metric.js';
import { anywhere } from '../../within.js';

export const pushToFront: Metric = {
  id: 'push-to-front',
  family: 'handoff',
  definition:
    'Of the resolutions of the period, the percentage made by the team that had the item first. Each resolution of a reopened item counts; open items count with the resolutions they had; those of items that no team ever had are left out and counted. By team: the one that had it first.',
  unit: '%',
  treatment: 'COH',
  direction: 'higher',
  counts: 'resolutions',
  values: [],
  minimumN: 5,
  needs: ['team', 'finish'],
  source: 'Own definition; interval: Wilson 1927',
  compute: {
    kind: 'counted',
    units: ({ within = anywhere }) => ({
      per: 'row',
      columns: ['happened'],
      sql: `  select ${keysWithTeam('i.first_team_id')}, u.resolved_at as at,
    u.excluded is not null or i.first_team_id is null as is_excluded,
    case when u.team_id = i.first_team_id then 1 else 0 end as happened
  from measured.cycle u
  join source s on s.connection_id = u.connection_id
  join measured.item i on i.item_id = u.item_id ${within.item('i')}
  where u.resolved_at <= s.as_of_at`,
    }),
    measure: rate(),
  },
};
