import { quantileRatio } from '../../measures/durations.js';
import type { Metric } from '../../metric.js';
import { businessLeadTimes, calendarLeadTimes } from './time-to-finish.units.js';

/** (Q3 − Q1) / (Q3 + Q1) grows with Q3/Q1 alone; an endless ratio is 1. */
const dispersion = (ratio: number) => Math.max(0, 1 - 2 / (ratio + 1));

export const spread: Metric = {
  id: 'spread',
  family: 'consistency',
  definition:
    'How far apart the quick and the slow half lie: the quartile coefficient of dispersion of lead time, (Q3 − Q1) / (Q3 + Q1), 0 when all take the same and near 1 when they differ without bound, by the period of creation. Open items count with the time they have waited so far (Kaplan-Meier quartiles), cancelled ones are another end, a reopened item counts once. The interval is conservative. On the business clock: finished items only.',
  unit: 'n',
  treatment: 'KM',
  direction: 'lower',
  counts: 'items',
  values: [],
  minimumN: 5,
  needs: ['finish'],
  source: 'Bonett 2006',
  options: ['clock'],
  compute: {
    kind: 'counted',
    units: ({ clock }) => (clock === 'business' ? businessLeadTimes : calendarLeadTimes),
    measure: quantileRatio(0.25, 0.75, dispersion),
    businessTreatment: 'FIN',
  },
};
