import { quantileRatio } from '../../measures/durations.js';
import type { Metric } from '../../metric.js';
import { businessLeadTimes, calendarLeadTimes } from './time-to-finish.units.js';

export const tailRatio: Metric = {
  id: 'tail-ratio',
  family: 'consistency',
  definition:
    'How many times longer than usual the slow ones take: P85 of lead time divided by P50, by the period of creation. Open items count with the time they have waited so far (Kaplan-Meier), cancelled ones are another end, a reopened item counts once. The interval is conservative. On the business clock: finished items only.',
  unit: 'x',
  treatment: 'KM',
  direction: 'lower',
  counts: 'items',
  values: [],
  minimumN: 20,
  needs: ['finish'],
  source: 'Vacanti 2015',
  options: ['clock'],
  compute: {
    kind: 'counted',
    units: ({ clock }) => (clock === 'business' ? businessLeadTimes : calendarLeadTimes),
    measure: quantileRatio(0.5, 0.85, (ratio) => ratio),
    businessTreatment: 'FIN',
  },
};
