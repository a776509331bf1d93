import { itemRate } from '../../measures/item-rate.js';
import type { Metric } from '../../metric.js';
import { itemReturns } from './handoff.units.js';

export const returns: Metric = {
  id: 'returns',
  family: 'handoff',
  definition:
    'Of the items with a handoff in the period, the percentage that went back to a team that had them before: any, and direct (A to B to A). Open and reopened items count with the handoffs so far. Option level=person: between persons.',
  unit: '%',
  treatment: 'COH',
  direction: 'lower',
  counts: 'items',
  values: ['any', 'direct'],
  minimumN: 5,
  needs: ['team'],
  source: 'Own definition; interval: Wilson 1927',
  options: ['level'],
  compute: { kind: 'counted', units: ({ level }) => itemReturns(level), measure: itemRate({ any: 'returns', direct: 'direct_returns' }) },
};
