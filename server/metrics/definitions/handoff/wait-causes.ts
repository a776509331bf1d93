import { timeShare } from '../../measures/time-share.js';
import type { Metric } from '../../metric.js';
import { anywhere } from '../../within.js';
import { causesOfTimeWithin, secondsByCause } from './wait-causes.units.js';

export const waitCauses: Metric = {
  id: 'wait-causes',
  family: 'handoff',
  definition:
    'What the open time of items goes to, in percent of it: nobody has the item; queue: a team has it and has not begun (before the start, or before the first own act of the receiver of a handoff); closed hours of whoever has it, while the ball is in our court; the customer; a third party; blocked: it waits with us although it was begun; and work. Each second has one cause and they add up to the open time to the second. Hours are those of the team, of the connection where no team has it; with no calendar nothing is closed. Time counts in the period it passes in; open items contribute the time so far, reopened ones all their open time and count as begun.',
  unit: '%',
  treatment: 'TW',
  direction: 'neither',
  counts: 'items',
  values: Object.keys(secondsByCause),
  minimumN: 5,
  needs: ['team', 'courts'],
  source: 'Own definition; interval: Cochran 1977',
  compute: { kind: 'counted', units: ({ within = anywhere }) => causesOfTimeWithin(within), measure: timeShare(secondsByCause) },
};
