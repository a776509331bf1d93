import { itemRate } from '../../measures/item-rate.js';
import { itemKeys, type Metric } from '../../metric.js';

export const silentItems: Metric = {
  id: 'silent-items',
  family: 'delay',
  definition:
    'Of the items open in our court in the period, the percentage that were without a public word of ours for longer than the promised interval (since the last one, or since the creation) at some time in it. An item counts once a period; open and reopened items count like the others, up to the end of the data.',
  unit: '%',
  treatment: 'TW',
  direction: 'lower',
  counts: 'items',
  values: [],
  minimumN: 5,
  needs: ['courts', 'messages', 'visibility'],
  source: 'Own definition; interval: Wilson 1927',
  compute: {
    kind: 'counted',
    units: () => ({
      per: 'item-time',
      shares: ['silent'],
      counts: [],
      sql: `  select ${itemKeys}, u.from_at, least(u.to_at, s.as_of_at) as to_at, u.excluded is not null as is_excluded,
    case when u.is_fresh then 0 else 1 end as silent
  from measured.interval u
  join source s on s.connection_id = u.connection_id
  where u.court in ('ours_active', 'ours_waiting') and u.from_at < s.as_of_at`,
    }),
    measure: itemRate({ value: 'silent' }),
  },
};
