import { rate } from '../../measures/rate.js';
import type { Metric } from '../../metric.js';
import { measured } from '../../text/measured.js';
import { lateItems } from './notice.units.js';

export const chasedFirst: Metric = {
  id: 'chased-first',
  family: 'delay',
  definition:
    'Estimate. Of the items not finished by their first promised date, the percentage where the customer asked how it was going before we gave a reason or another date in public, by the period in which one of the two spoke or the item ended (the date itself, where that was earlier). Asking and reasons are read from the text. Open items where nobody has spoken yet are not counted; a reopened item counts with its final finish. Dates the customer asked to move in time, and items cancelled before the date, are left out and counted.',
  unit: '%',
  treatment: 'EVT',
  direction: 'lower',
  counts: 'items',
  values: [],
  minimumN: 5,
  needs: ['finish', 'due', 'due-history', 'messages', 'visibility'],
  source: 'Own definition; interval: Wilson 1927',
  estimate: measured.chase,
  compute: { kind: 'counted', units: () => lateItems, measure: rate() },
};
