import { means } from '../../measures/means.js';
import type { Metric } from '../../metric.js';
import { anywhere } from '../../within.js';
import { causesOfTimeWithin, secondsByCause } from './wait-causes.units.js';

export const waitCausesTime: Metric = {
  id: 'wait-causes-time',
  family: 'handoff',
  definition:
    'The causes of "wait-causes" as time: on average over the items open in the period, how long of it nobody had the item, it queued with a team that had not begun, whoever had it was closed, it was with the customer or a third party, blocked with us, or worked on. The parts add up to the open time to the second. Open items contribute the time so far, reopened ones all their open time.',
  unit: 's',
  treatment: 'TW',
  direction: 'neither',
  counts: 'items',
  values: Object.keys(secondsByCause),
  minimumN: 5,
  needs: ['team', 'courts'],
  source: 'Own definition; interval of a mean over items',
  compute: { kind: 'counted', units: ({ within = anywhere }) => causesOfTimeWithin(within), measure: means(secondsByCause) },
};
