import { rate } from '../../measures/rate.js';
import type { Metric } from '../../metric.js';
import { measured } from '../../text/measured.js';
import { repeatedAfter } from './said-after.units.js';

export const customerRepeats: Metric = {
  id: 'customer-repeats',
  family: 'handoff',
  definition:
    'Estimate. Of the handoffs after which the customer wrote while the receiver had the item, the percentage where the customer said that it had been said before (phrases in English, Turkish, Persian and Armenian) or sent an attachment again that was sent before the handoff, by the period of the handoff. Handoffs of open and reopened items count. Option level=person: between persons.',
  unit: '%',
  treatment: 'EVT',
  direction: 'lower',
  counts: 'handoffs',
  values: [],
  minimumN: 5,
  needs: ['team', 'messages', 'visibility'],
  source: 'Own definition; interval: Wilson 1927',
  estimate: measured.repeat,
  options: ['level'],
  compute: { kind: 'counted', units: ({ level }) => repeatedAfter(level), measure: rate() },
};
