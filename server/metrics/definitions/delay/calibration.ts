import { forecastScore } from '../../measures/forecast-score.js';
import type { Metric } from '../../metric.js';
import { testedForecasts } from './tested-forecasts.units.js';

export const calibration: Metric = {
  id: 'calibration',
  family: 'delay',
  definition:
    'How far the probability of being late can be trusted, by the period of the promised date: one forecast per item, made at half of the time of its first promise from what was known at the beginning of that month (UTC), against what became of the promise in force then. Brier score: the mean squared distance of forecast and outcome; skill: how much of the Brier score of the base rate it saves, below 0 worse than the base rate; and the mean forecast beside the share that was late. Items open past the date are late; those that ended before the forecast have none, one reopened counts with its final finish, those cancelled before the date are neither kept nor missed. Items like too few others are left out and counted.',
  unit: 'n',
  treatment: 'EVT',
  direction: 'lower',
  counts: 'promises',
  values: ['brier', 'skill', 'meanForecast', 'observed'],
  minimumN: 5,
  needs: ['finish', 'due', 'first-due'],
  source: 'Brier 1950; Murphy 1973 (skill); interval of a mean',
  compute: {
    kind: 'counted',
    prepare: testedForecasts.prepare,
    units: () => testedForecasts.units,
    measure: forecastScore(),
  },
};
