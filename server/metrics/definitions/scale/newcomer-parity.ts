import { standardisedRate } from '../../measures/standardised-rate.js';
import { itemKeys, type Metric } from '../../metric.js';
import { isVoid, kept } from '../delay/promise.units.js';
import { newcomersAmongFacts } from './newcomer.js';

const { isNewcomer, isOfUnknownAge, joins } = newcomersAmongFacts;

export const newcomerParity: Metric = {
  id: 'newcomer-parity',
  family: 'scale',
  definition:
    'On time by the first date for customers who were in their first 90 days when the item was created, minus that for all others on the same mix of types (direct standardisation to the mix of the newcomers; types that only one of them has are left out of the comparison), in percentage points, by the period of the date. Below 0 newcomers get less. An item still open past its date is late; a reopened one counts with its final finish; items of customers whose beginning is unknown are left out and counted.',
  unit: 'pp',
  treatment: 'EVT',
  direction: 'higher',
  counts: 'promises',
  values: [],
  minimumN: 5,
  needs: ['finish', 'due', 'first-due', 'customer'],
  source: 'Breslow & Day 1987; interval: Agresti & Caffo 2000',
  compute: {
    kind: 'counted',
    units: () => ({
      per: 'row',
      columns: ['happened', 'is_newcomer'],
      sql: `  select ${itemKeys}, u.first_due_at as at, ${isVoid('u.first_due_at')} or ${isOfUnknownAge} as is_excluded,
    ${kept('u.first_due_at')} as happened, ${isNewcomer} as is_newcomer
  from measured.promised u
  join source s on s.connection_id = u.connection_id
  ${joins}
  where u.first_due_at < s.as_of_at`,
    }),
    measure: standardisedRate(),
  },
};
