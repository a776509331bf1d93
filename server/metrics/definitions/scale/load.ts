import { ownerLoad } from '../../measures/owner-load.js';
import { itemKeys, type Metric } from '../../metric.js';

export const load: Metric = {
  id: 'load',
  family: 'scale',
  definition:
    'Open items per active owner: the items that a person had at a time, on average over the period, divided by the persons who had one in it. Items nobody has are the load of no one. Open items count with the time so far, reopened ones also with the time between; a running period up to the end of the data. A count of all there is, so it has no interval.',
  unit: 'n',
  treatment: 'TW',
  direction: 'neither',
  counts: 'items',
  values: [],
  minimumN: 5,
  needs: ['person'],
  source: 'Little 1961',
  compute: {
    kind: 'counted',
    units: () => ({
      per: 'item-time',
      shares: [],
      counts: [],
      sql: `  select ${itemKeys}, u.owner_id, u.from_at, least(u.to_at, s.as_of_at) as to_at, u.excluded is not null as is_excluded
  from measured.owner u
  join source s on s.connection_id = u.connection_id
  where u.from_at < s.as_of_at`,
    }),
    measure: ownerLoad(),
  },
};
