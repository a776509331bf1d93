import { rate } from '../../measures/rate.js';
import type { Metric } from '../../metric.js';
import { lastPromises } from './promise.units.js';

export const onTimeLast: Metric = {
  id: 'on-time-last',
  family: 'delay',
  definition:
    'Of the promises decided, the percentage finished by the date in force when it passed, by the period of that date. A date moved before it passed is forgiven here, one moved afterwards is not. An item still open past the date in force is late; one reopened counts with its final finish; one cancelled before the date is left out and counted.',
  unit: '%',
  treatment: 'EVT',
  direction: 'higher',
  counts: 'promises',
  values: [],
  minimumN: 5,
  needs: ['finish', 'due'],
  source: 'Own definition; interval: Wilson 1927',
  compute: { kind: 'counted', units: () => lastPromises, measure: rate() },
};
