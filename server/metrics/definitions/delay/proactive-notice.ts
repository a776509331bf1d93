import { rate } from '../../measures/rate.js';
import type { Metric } from '../../metric.js';
import { measured } from '../../text/measured.js';
import { missedPromises } from './notice.units.js';

export const proactiveNotice: Metric = {
  id: 'proactive-notice',
  family: 'delay',
  definition:
    'Estimate. Of the promises whose first date passed without a finish, the percentage where we gave a reason or another date in public before that date and before the customer asked, by the period of the date. Reasons and asking are read from the text. Open items count, their date having passed; a reopened item counts with its final finish. Dates the customer asked to move in time, and items cancelled before the date, are left out and counted.',
  unit: '%',
  treatment: 'EVT',
  direction: 'higher',
  counts: 'promises',
  values: [],
  minimumN: 5,
  needs: ['finish', 'due', 'due-history', 'messages', 'visibility'],
  source: 'Own definition; interval: Wilson 1927',
  estimate: measured.reason,
  compute: { kind: 'counted', units: () => missedPromises, measure: rate() },
};
