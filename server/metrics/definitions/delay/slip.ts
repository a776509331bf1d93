import { means } from '../../measures/means.js';
import type { Metric } from '../../metric.js';
import { movedPromises, toldOfMoves } from './promise.units.js';

export const slip: Metric = {
  id: 'slip',
  family: 'delay',
  definition:
    'How far promised dates move, on average over the promises whose first date has passed, by the period of that date: net is the last date minus the first, gross the sum of all moves to a later date. A promise never moved counts with 0. Open and reopened items count with the moves made so far.',
  unit: 's',
  treatment: 'EVT',
  direction: 'lower',
  counts: 'promises',
  values: ['net', 'gross'],
  minimumN: 5,
  needs: ['due', 'due-history'],
  source: 'Own definition',
  compute: {
    kind: 'counted',
    units: () => movedPromises,
    measure: means({ net: 'net_seconds', gross: 'gross_seconds' }),
    tells: toldOfMoves,
  },
};
