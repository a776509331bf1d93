import { leadOrNone } from '../../measures/lead-or-none.js';
import type { Metric } from '../../metric.js';
import { measured } from '../../text/measured.js';
import { missedPromises } from './notice.units.js';

export const noticeLead: Metric = {
  id: 'notice-lead',
  family: 'delay',
  definition:
    'Estimate. How long before its first date a missed promise was announced: from our first public reason or other date, given before the customer asked, to that date; half were announced at least so early. Promises announced by nobody are a share of their own and never count as 0. By the period of the date; open items count, their date having passed, a reopened item with its final finish. Left out as in the share of announced ones.',
  unit: 's',
  treatment: 'EVT',
  direction: 'higher',
  counts: 'promises',
  values: ['lead', 'none'],
  units: { none: '%' },
  minimumN: 5,
  needs: ['finish', 'due', 'due-history', 'messages', 'visibility'],
  source: 'Own definition; Hyndman & Fan 1996',
  estimate: measured.reason,
  compute: { kind: 'counted', units: () => missedPromises, measure: leadOrNone() },
};
