import { durations } from '../../measures/durations.js';
import type { Metric } from '../../metric.js';
import { businessCycleTimes, calendarCycleTimes, toldOfTimes } from './time-to-finish.units.js';

export const cycleTime: Metric = {
  id: 'cycle-time',
  family: 'consistency',
  definition:
    'Time from the first start of work on an item to its finish, by the period it was started in: the time within which half, 85 % and 95 % of the items are finished. Items never started are not part of it. Open items count with the time since their start (Kaplan-Meier); cancelled ones are another end. A reopened item counts once, from its first start to its final finish. Items whose finish is unknown are left out and counted. On the business clock: finished items only.',
  unit: 's',
  treatment: 'KM',
  direction: 'lower',
  counts: 'items',
  values: ['p50', 'p85', 'p95'],
  minimumN: 5,
  needs: ['finish', 'courts'],
  source: 'Kaplan & Meier 1958; Aalen & Johansen 1978; Kanban Guide',
  options: ['clock'],
  compute: {
    kind: 'counted',
    units: ({ clock }) => (clock === 'business' ? businessCycleTimes : calendarCycleTimes),
    measure: durations({ p50: 0.5, p85: 0.85, p95: 0.95 }),
    tells: toldOfTimes,
    businessTreatment: 'FIN',
  },
};
