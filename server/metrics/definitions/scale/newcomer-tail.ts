import { standardisedTail } from '../../measures/standardised-tail.js';
import { itemKeys, secondsBetween, type Metric } from '../../metric.js';
import { newcomersAmongItems } from './newcomer.js';

const { isNewcomer, isOfUnknownAge, joins } = newcomersAmongItems;

export const newcomerTail: Metric = {
  id: 'newcomer-tail',
  family: 'scale',
  definition:
    'Tail ratio, P85 of lead time divided by P50, for customers who were in their first 90 days when the item was created, minus that for all others: type by type, weighed by the mix of the newcomers (direct standardisation), over types of which both have at least 20 and enough to bound the two quantiles. By the period of creation; above 0 newcomers can rely on the usual time less. Open items count with the time they have waited so far (Kaplan-Meier), cancelled ones are another end, a reopened item counts once. The interval is conservative.',
  unit: 'x',
  treatment: 'KM',
  direction: 'lower',
  counts: 'items',
  values: [],
  minimumN: 20,
  needs: ['finish', 'customer'],
  source: 'Breslow & Day 1987; Vacanti 2015',
  compute: {
    kind: 'counted',
    units: () => ({
      per: 'row',
      columns: ['entry_seconds', 'exit_seconds', 'ended', 'is_newcomer'],
      sql: `  select ${itemKeys}, u.created_at as at,
    u.excluded is not null or u.outcome = 'unknown' or u.ended_at < s.since_at or ${isOfUnknownAge} as is_excluded,
    case when u.created_at < s.since_at then ${secondsBetween('u.created_at', 's.since_at')} else -1 end as entry_seconds,
    ${secondsBetween('u.created_at', 'least(u.ended_at, s.as_of_at)')} as exit_seconds,
    case when u.ended_at > s.as_of_at then 0 when u.outcome = 'done' then 1 else 2 end as ended,
    ${isNewcomer} as is_newcomer
  from measured.item u
  join source s on s.connection_id = u.connection_id
  ${joins}
  where u.created_at <= s.as_of_at`,
    }),
    measure: standardisedTail(),
  },
};
