import { pairedGap } from '../../measures/paired-gap.js';
import type { Metric } from '../../metric.js';
import { bothPromises } from './promise.units.js';

export const goalpostGap: Metric = {
  id: 'goalpost-gap',
  family: 'delay',
  definition:
    'On time against the last date minus on time against the first, in percentage points, over items decided both ways, by the period of the first date: what moving the date hides. gapUnasked leaves out items where the customer asked for a move. An item still open past a date is late against it; a reopened one counts with its final finish.',
  unit: 'pp',
  treatment: 'EVT',
  direction: 'lower',
  counts: 'promises',
  values: ['gap', 'gapUnasked'],
  minimumN: 5,
  needs: ['finish', 'due', 'due-history'],
  source: 'Own definition; interval: Bonett & Price 2012',
  compute: { kind: 'counted', units: () => bothPromises, measure: pairedGap() },
};
