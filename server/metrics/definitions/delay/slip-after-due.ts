import { rate } from '../../measures/rate.js';
import type { Metric } from '../../metric.js';
import { promiseMoves } from './promise.units.js';

export const slipAfterDue: Metric = {
  id: 'slip-after-due',
  family: 'delay',
  definition:
    'Of the moves of promised dates, the percentage made once the old date had passed, by the period of the move. Moves of open and reopened items count like any other.',
  unit: '%',
  treatment: 'EVT',
  direction: 'lower',
  counts: 'promises',
  values: [],
  minimumN: 5,
  needs: ['due', 'due-history'],
  source: 'Own definition; interval: Wilson 1927',
  compute: { kind: 'counted', units: () => promiseMoves, measure: rate() },
};
