import { durations } from '../../measures/durations.js';
import type { Metric } from '../../metric.js';
import { journeys } from './journey.units.js';

export const journeyLeadTime: Metric = {
  id: 'journey-lead-time',
  family: 'handoff',
  definition:
    'Items that became each other, within a tool or across tools, are one journey: time from the creation of its first item to the end of the one that ended last, by the period in which it began; half, 85 % and 95 % of the journeys are over within it. A journey is open while one of its items is, and counts with the time so far (Kaplan-Meier); one whose last end was a cancellation is another end, a reopened item counts with its final end. An item that became no other is no journey. One whose end is unknown is left out and counted. Keys are those of the first item.',
  unit: 's',
  treatment: 'KM',
  direction: 'lower',
  counts: 'journeys',
  values: ['p50', 'p85', 'p95'],
  minimumN: 5,
  needs: ['links', 'finish'],
  source: 'Own definition; Kaplan & Meier 1958; Aalen & Johansen 1978',
  compute: { kind: 'counted', units: () => journeys, measure: durations({ p50: 0.5, p85: 0.85, p95: 0.95 }) },
};
