import { durations } from '../../measures/durations.js';
import type { Metric } from '../../metric.js';
import { businessLeadTimes, calendarLeadTimes, toldOfTimes } from './time-to-finish.units.js';

export const leadTime: Metric = {
  id: 'lead-time',
  family: 'consistency',
  definition:
    'Time from the creation of an item to its finish, by the period it was created in: the time within which half, 85 % and 95 % of the items are finished. Open items count with the time they have waited so far (Kaplan-Meier); cancelled ones are another end. A reopened item counts once, to its final finish. Items whose finish is unknown are left out and counted. On the business clock: finished items only.',
  unit: 's',
  treatment: 'KM',
  direction: 'lower',
  counts: 'items',
  values: ['p50', 'p85', 'p95'],
  minimumN: 5,
  needs: ['finish'],
  source: 'Kaplan & Meier 1958; Aalen & Johansen 1978; Kanban Guide',
  options: ['clock'],
  compute: {
    kind: 'counted',
    units: ({ clock }) => (clock === 'business' ? businessLeadTimes : calendarLeadTimes),
    measure: durations({ p50: 0.5, p85: 0.85, p95: 0.95 }),
    tells: toldOfTimes,
    businessTreatment: 'FIN',
  },
};
