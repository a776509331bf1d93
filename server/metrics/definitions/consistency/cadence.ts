import { timeShare } from '../../measures/time-share.js';
import type { Metric } from '../../metric.js';
import { silenceTimes } from '../delay/silence.units.js';

export const cadence: Metric = {
  id: 'cadence',
  family: 'consistency',
  definition:
    'Of the time the ball is in our court, the percentage in which our last public word (or the creation) is no older than the promised update interval. Time counts in the period it passes in; open items contribute the time so far, reopened ones all their open time.',
  unit: '%',
  treatment: 'TW',
  direction: 'higher',
  counts: 'items',
  values: [],
  minimumN: 5,
  needs: ['courts', 'messages', 'visibility'],
  source: 'Own definition; interval: Cochran 1977',
  compute: {
    kind: 'counted',
    units: () => silenceTimes,
    measure: timeShare({ fresh: '(seconds - silent)' }),
  },
};
