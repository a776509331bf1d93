import { means } from '../../measures/means.js';
import type { Metric } from '../../metric.js';
import { movedPromises } from './promise.units.js';

export const slipMoves: Metric = {
  id: 'slip-moves',
  family: 'delay',
  definition:
    'How often a promised date is moved, on average over the promises whose first date has passed, by the period of that date. Open and reopened items count with the moves made so far.',
  unit: 'n',
  treatment: 'EVT',
  direction: 'lower',
  counts: 'promises',
  values: [],
  minimumN: 5,
  needs: ['due', 'due-history'],
  source: 'Own definition',
  compute: { kind: 'counted', units: () => movedPromises, measure: means({ moves: 'moves' }) },
};
