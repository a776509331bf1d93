import { timeShare } from '../../measures/time-share.js';
import type { Metric } from '../../metric.js';
import { silenceTimes } from './silence.units.js';

export const silence: Metric = {
  id: 'silence',
  family: 'delay',
  definition:
    'Of the time the ball is in our court, the percentage that lies more than the promised interval after our last public word (or the creation). Time counts in the period it passes in; open items contribute the time so far, reopened ones all their open time.',
  unit: '%',
  treatment: 'TW',
  direction: 'lower',
  counts: 'items',
  values: [],
  minimumN: 5,
  needs: ['courts', 'messages', 'visibility'],
  source: 'Own definition; interval: Cochran 1977',
  compute: {
    kind: 'counted',
    units: () => silenceTimes,
    measure: timeShare({ silent: 'silent' }),
  },
};
