import { backtest } from '../../forecast/backtest.js';
import { forecastScore } from '../../measures/forecast-score.js';
import { itemKeys, type Metric } from '../../metric.js';

/** Stands for no forecast. */
const none = -1;

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
  needs: ['finish', 'due', 'due-history'],
  source: 'Brier 1950; Murphy 1973 (skill); interval of a mean',
  compute: {
    kind: 'counted',
    async prepare(engine, { sources, buckets }) {
      const tested = await backtest(engine, sources, buckets);
      return {
        columns: { item_id: 'uuid', at: 'timestamptz', p: 'float8', happened: 'int' },
        rows: tested.map(({ itemId, due, forecast, wasLate }) => [
          itemId,
          new Date(due * 1_000).toISOString(),
          forecast?.p ?? none,
          wasLate ? 1 : 0,
        ]),
      };
    },
    units: () => ({
      per: 'row',
      columns: ['p', 'happened'],
      sql: `  select ${itemKeys}, f.at, u.excluded is not null or u.outcome = 'unknown' or f.p < 0 as is_excluded, f.p, f.happened
  from prepared f
  join measured.item u on u.item_id = f.item_id
  join source s on s.connection_id = u.connection_id`,
    }),
    measure: forecastScore(),
  },
};
