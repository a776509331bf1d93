import { itemRate } from '../../measures/item-rate.js';
import type { Metric } from '../../metric.js';
import { silenceTimes } from './silence.units.js';

export const silentItems: Metric = {
  id: 'silent-items',
  family: 'delay',
  definition:
    'Of the items open in our court in the period, the percentage that were without a public word of ours for longer than the promised interval (since the last one, or since the creation) at some time in it. An item counts once a period; open and reopened items count like the others, up to the end of the data.',
  unit: '%',
  treatment: 'TW',
  direction: 'lower',
  counts: 'items',
  values: [],
  minimumN: 5,
  needs: ['courts', 'messages', 'visibility'],
  source: 'Own definition; interval: Wilson 1927',
  compute: {
    kind: 'counted',
    units: () => silenceTimes,
    measure: itemRate({ value: 'silent' }),
  },
};
