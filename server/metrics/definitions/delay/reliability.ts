import { reliability as reliabilityOf } from '../../measures/reliability.js';
import type { Metric } from '../../metric.js';
import { testedForecasts } from './tested-forecasts.units.js';

export const reliability: Metric = {
  id: 'reliability',
  family: 'delay',
  definition:
    'The forecasts that "calibration" scores, by ten equal classes of probability: of each class the share that was late, with its interval, beside the mean forecast. Where the mean lies outside the interval the class says too much or too little, and is noted so. One forecast per item, made at half of the time of its first promise; open items past the date are late, reopened ones count with their final finish, those cancelled before the date are neither. Forecasts that could not be made are a class without a name, left out and counted.',
  unit: 'n',
  treatment: 'EVT',
  direction: 'neither',
  counts: 'promises',
  values: ['observed', 'meanForecast'],
  minimumN: 5,
  needs: ['finish', 'due', 'first-due'],
  source: 'Murphy & Winkler 1977 (reliability); interval: Wilson 1927',
  compute: {
    kind: 'counted',
    prepare: testedForecasts.prepare,
    units: () => ({ ...testedForecasts.units, segment: { column: classOf, join: '' } }),
    measure: reliabilityOf(),
  },
};

/** `0.3–0.4`; none without a forecast. */
const classOf = "case when u.class < 0 then '' when u.class = 9 then '0.9–1.0' else concat('0.', u.class, '–0.', u.class + 1) end";
