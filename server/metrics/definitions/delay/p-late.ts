import { openForecaster } from '../../forecast/forecaster.js';
import { forecastLooks } from '../../forecast/looks.js';
import { openPromises } from '../../forecast/open-promises.js';
import { expectedRate } from '../../measures/expected-rate.js';
import { itemKeys, type Metric } from '../../metric.js';
import { preparedOnce } from '../../prepared.js';

/** Stands for no forecast. */
const none = -1;

export const pLate: Metric = {
  id: 'p-late',
  family: 'delay',
  definition:
    'How likely the items open with a promised date at the end of the period, or of the data within it, are not to be finished by it: the mean probability, and how many are expected to be late. It is the share not finished by the date among the promises decided by then that were still open after the same share of their time: first dates of the same connection, in the same court, with the same team, of the same type, each group drawn towards the wider one by a weight of 30. Where fewer than 30 of the connection bear it, it goes by the age of items: with age a and r left 1 − (F(a + r) − F(a)) / S(a), learned from items of its type and priority (of its type, or of all, where fewer than 30 were at risk at that age or half of them could not be followed so far): S is the share still open, F the share finished, cancelled ones being another end; without them it is S(a + r) / S(a). Of a connection with more than 20,000 such dates, or items, that many are drawn by chance and learned from, always the same. One whose date has passed is late. Reopened items are open again. Items like too few others are left out and counted. The range is that of the share that will be late if the forecasts are right.',
  unit: 'n',
  treatment: 'KM',
  direction: 'lower',
  counts: 'items',
  values: ['meanForecast', 'expectedLate', 'alreadyLate'],
  minimumN: 5,
  needs: ['finish', 'due', 'first-due'],
  source: 'Kaplan & Meier 1958; Aalen & Johansen 1978; range of a sum of independent events',
  compute: {
    kind: 'counted',
    prepare: preparedOnce({
      name: 'open-promises',
      of: 'ends',
      async rows(engine, { sources, buckets }) {
        const forecaster = await openForecaster(engine);
        const open = await openPromises(engine, sources, buckets);
        const forecasts: { itemId: string; at: number; p: number; isLate: number }[] = [];
        await forecastLooks(
          forecaster,
          open,
          (at) => at,
          ({ itemId, at, asked }, forecast) => forecasts.push({ itemId, at, p: forecast?.p ?? none, isLate: asked.left <= 0 ? 1 : 0 }),
        );
        return {
          item_id: { type: 'uuid', values: forecasts.map(({ itemId }) => itemId) },
          at: { type: 'timestamptz', values: forecasts.map(({ at }) => new Date(at * 1_000).toISOString()) },
          p: { type: 'float8', values: forecasts.map(({ p }) => p) },
          is_late: { type: 'int', values: forecasts.map(({ isLate }) => isLate) },
        };
      },
    }),
    units: () => ({
      per: 'row',
      columns: ['p', 'is_late'],
      sql: `  select ${itemKeys}, u.at, u.excluded is not null or u.outcome = 'unknown' or u.p < 0 as is_excluded, u.p, u.is_late
  from prepared u
  join source s on s.connection_id = u.connection_id`,
    }),
    measure: expectedRate(),
    tells: { numbers: { p: 'p', isLate: 'is_late' } },
  },
};
