import { rate } from '../../measures/rate.js';
import { itemKeys, secondsBetween, type Metric } from '../../metric.js';

const weekSeconds = 604_800;

export const reopenRate: Metric = {
  id: 'reopen-rate',
  family: 'consistency',
  definition:
    'Of the resolutions that are at least 7 days old, the percentage reopened within those 7 days, by the period of the resolution. Each resolution of an item counts; open items count with the resolutions they had.',
  unit: '%',
  treatment: 'COH',
  direction: 'lower',
  counts: 'resolutions',
  values: [],
  minimumN: 5,
  needs: ['status', 'reopen'],
  source: 'ITIL; interval: Wilson 1927',
  compute: {
    kind: 'counted',
    units: () => ({
      per: 'row',
      columns: ['happened'],
      sql: `  select ${itemKeys}, u.resolved_at as at, u.excluded is not null as is_excluded,
    case when ${secondsBetween('u.resolved_at', 'u.reopened_at')} <= ${weekSeconds} then 1 else 0 end as happened
  from measured.cycle u
  join source s on s.connection_id = u.connection_id
  where ${secondsBetween('u.resolved_at', 's.as_of_at')} >= ${weekSeconds}`,
    }),
    measure: rate(),
  },
};
