import { itemRate } from '../../measures/item-rate.js';
import type { Metric } from '../../metric.js';
import { systemHandoffs as units } from './journey.units.js';

export const systemHandoffs: Metric = {
  id: 'system-handoffs',
  family: 'handoff',
  definition:
    'Handoffs from one system to another, where an item became one of another connection: how many there were in the period is n; of them the percentage that lost context, and of each kind: no internal note or filled field carried along (on the first item from 30 minutes before to 5 minutes after it ended or was linked, or on the next before anybody began it), and the customer saying on the next item that it was said before (read from the text: an estimate). Handoffs of open and reopened items count with what is known so far; those between tools that tell no notes are left out and counted. The connection is the one whose item became another.',
  unit: '%',
  treatment: 'EVT',
  direction: 'lower',
  counts: 'handoffs',
  values: ['lost', 'cold', 'again'],
  minimumN: 5,
  needs: ['links', 'visibility', 'messages'],
  source: 'Own definition; interval: Wilson 1927',
  compute: { kind: 'counted', units: () => units, measure: itemRate({ lost: 'is_lossy', cold: 'is_cold', again: 'is_repeated' }) },
};
