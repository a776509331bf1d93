import { durations } from '../../measures/durations.js';
import type { Metric } from '../../metric.js';
import { businessWaits, calendarWaits } from './handoff.units.js';

export const handoffWait: Metric = {
  id: 'handoff-wait',
  family: 'handoff',
  definition:
    "Time from a handoff to the first own act of the receiver, by the period of the handoff: the time within which half and 85 % have begun. Handoffs still waiting count with the time so far (Kaplan-Meier), also on open and reopened items; passing it on or ending it without an act is another end. On the receiver's clock: begun ones only.",
  unit: 's',
  treatment: 'KM',
  direction: 'lower',
  counts: 'handoffs',
  values: ['p50', 'p85'],
  minimumN: 5,
  needs: ['team'],
  source: 'Kaplan & Meier 1958; Aalen & Johansen 1978',
  options: ['clock', 'level'],
  compute: {
    kind: 'counted',
    units: ({ clock, level }) => (clock === 'business' ? businessWaits(level) : calendarWaits(level)),
    measure: durations({ p50: 0.5, p85: 0.85 }),
    businessTreatment: 'FIN',
  },
};
