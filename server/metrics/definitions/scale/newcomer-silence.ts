import { standardisedTimeShare } from '../../measures/standardised-time-share.js';
import { itemKeys, type Metric } from '../../metric.js';
import { newcomersAmongFacts } from './newcomer.js';

const { isNewcomer, isOfUnknownAge, joins } = newcomersAmongFacts;

export const newcomerSilence: Metric = {
  id: 'newcomer-silence',
  family: 'scale',
  definition:
    'Silence, the part of our-court time beyond the promised interval since our last public word, for customers who were in their first 90 days when the item was created, minus that for all others on the same mix of types (direct standardisation to the mix of the newcomers), in percentage points. Above 0 newcomers hear less. Time counts in the period it passes in; open items contribute the time so far, reopened ones all their open time.',
  unit: 'pp',
  treatment: 'TW',
  direction: 'lower',
  counts: 'items',
  values: [],
  minimumN: 5,
  needs: ['courts', 'messages', 'visibility', 'customer'],
  source: 'Breslow & Day 1987; interval: Cochran 1977',
  compute: {
    kind: 'counted',
    units: () => ({
      per: 'item-time',
      shares: ['silent', 'is_newcomer'],
      counts: [],
      isHeldByWeek: true,
      hasType: true,
      sql: `  select ${itemKeys}, u.from_at, least(u.to_at, s.as_of_at) as to_at, u.excluded is not null or ${isOfUnknownAge} as is_excluded,
    case when u.is_fresh then 0 else 1 end as silent, ${isNewcomer} as is_newcomer
  from measured.interval u
  join source s on s.connection_id = u.connection_id
  ${joins}
  where u.court in ('ours_active', 'ours_waiting') and u.from_at < s.as_of_at`,
    }),
    measure: standardisedTimeShare(),
  },
};
