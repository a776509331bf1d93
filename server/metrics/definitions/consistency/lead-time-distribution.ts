import { durations } from '../../measures/durations.js';
import type { Metric } from '../../metric.js';
import { businessLeadTimes, calendarLeadTimes } from './time-to-finish.units.js';

export const leadTimeDistribution: Metric = {
  id: 'lead-time-distribution',
  family: 'consistency',
  definition:
    'The whole range of lead time, from the creation of an item to its finish, by the period it was created in: the times within which a quarter, half, three quarters, 85 % and 95 % of the items are finished. Open items count with the time they have waited so far (Kaplan-Meier); cancelled ones are another end. A reopened item counts once, to its final finish. On the business clock: finished items only.',
  unit: 's',
  treatment: 'KM',
  direction: 'lower',
  counts: 'items',
  values: ['p50', 'p25', 'p75', 'p85', 'p95'],
  minimumN: 5,
  needs: ['finish'],
  source: 'Kaplan & Meier 1958; Aalen & Johansen 1978; Tukey 1977',
  options: ['clock'],
  rangeOf: 'lead-time',
  compute: {
    kind: 'counted',
    units: ({ clock }) => (clock === 'business' ? businessLeadTimes : calendarLeadTimes),
    measure: durations({ p50: 0.5, p25: 0.25, p75: 0.75, p85: 0.85, p95: 0.95 }),
    businessTreatment: 'FIN',
  },
};
