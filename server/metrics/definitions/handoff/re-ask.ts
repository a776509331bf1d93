import { rate } from '../../measures/rate.js';
import type { Metric } from '../../metric.js';
import { measured } from '../../text/measured.js';
import { askedAfter } from './said-after.units.js';

export const reAsk: Metric = {
  id: 're-ask',
  family: 'handoff',
  definition:
    'Estimate. Of the handoffs after which the receiver wrote to the customer, the percentage where one of the first two public messages asks what had been asked on the item before the handoff, by the period of the handoff. Two questions are the same where they share at least two telling words and half of those of the shorter one. Handoffs of open and reopened items count. Option level=person: between persons.',
  unit: '%',
  treatment: 'EVT',
  direction: 'lower',
  counts: 'handoffs',
  values: [],
  minimumN: 5,
  needs: ['team', 'messages', 'visibility'],
  source: 'Own definition; overlap coefficient: Szymkiewicz 1934; interval: Wilson 1927',
  estimate: measured.sameQuestion,
  options: ['level'],
  compute: { kind: 'counted', units: ({ level }) => askedAfter(level), measure: rate() },
};
