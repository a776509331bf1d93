import { varianceShare } from '../../measures/variance-share.js';
import { itemKeys, secondsBetween, type Metric } from '../../metric.js';

export const ownerShare: Metric = {
  id: 'owner-share',
  family: 'consistency',
  definition:
    'Finished items only: the share, 0 to 1, of the variance of the logarithm of lead time that lies between the teams that finished the items rather than within them, each type on its own (ICC(1)): how much it matters who gets the work. By the period of the finish; reopened items count with their final finish, items without a team are left out and counted.',
  unit: 'n',
  treatment: 'FIN',
  direction: 'lower',
  counts: 'items',
  values: [],
  minimumN: 20,
  needs: ['finish', 'team'],
  source: 'Shrout & Fleiss 1979; Thomas & Hultquist 1978',
  compute: {
    kind: 'counted',
    units: () => ({
      per: 'row',
      columns: ['exit_seconds', 'owner_id'],
      sql: `  select ${itemKeys}, u.ended_at as at, u.team_id as owner_id,
    u.excluded is not null or u.team_id is null as is_excluded,
    ${secondsBetween('u.created_at', 'u.ended_at')} as exit_seconds
  from measured.item u
  join source s on s.connection_id = u.connection_id
  where u.outcome = 'done' and u.ended_at <= s.as_of_at`,
    }),
    measure: varianceShare(),
  },
};
