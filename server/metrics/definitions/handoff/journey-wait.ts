import { durations } from '../../measures/durations.js';
import type { Metric } from '../../metric.js';
import { journeyWaits } from './journey.units.js';

export const journeyWait: Metric = {
  id: 'journey-wait',
  family: 'handoff',
  definition:
    'When an item becomes another one, of the same tool or of another (a deal a task, a task a ticket): time from its end, or from the link where that was earlier, to the begin of the next: its first start or the first public word of a person of ours on it. By the period in which the wait began; half and 85 % of the next items are begun within it. What was begun before waits for nothing. Items nobody has begun count with the time so far (Kaplan-Meier), their end without it is another end; a reopened item counts with its final end. Those of a tool that tells neither statuses nor messages are left out and counted. The connection is the one whose item became another.',
  unit: 's',
  treatment: 'KM',
  direction: 'lower',
  counts: 'handoffs',
  values: ['p50', 'p85'],
  minimumN: 5,
  needs: ['links'],
  source: 'Own definition; Kaplan & Meier 1958; Aalen & Johansen 1978',
  compute: { kind: 'counted', units: () => journeyWaits, measure: durations({ p50: 0.5, p85: 0.85 }) },
};
