import { rate } from '../../measures/rate.js';
import type { Metric } from '../../metric.js';
import { firstPromises } from './promise.units.js';

export const onTimeFirst: Metric = {
  id: 'on-time-first',
  family: 'delay',
  definition:
    'Of the promises whose first date has passed, the percentage finished by that first date, by the period of that date. An item still open past its date is late; one reopened counts with its final finish; one cancelled before the date is left out and counted.',
  unit: '%',
  treatment: 'EVT',
  direction: 'higher',
  counts: 'promises',
  values: [],
  minimumN: 5,
  needs: ['finish', 'due', 'first-due'],
  source: 'Own definition; interval: Wilson 1927',
  compute: { kind: 'counted', units: () => firstPromises, measure: rate() },
};
