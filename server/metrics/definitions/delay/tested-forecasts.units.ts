import { backtest } from '../../forecast/backtest.js';
import { itemKeys, type Counted, type Units } from '../../metric.js';
import { preparedOnce } from '../../prepared.js';
import { reliabilityClass } from '../../statistics/brier.js';

/** Stands for no forecast. */
const none = -1;

/** One forecast per decided promise (`p`, with its class of ten) and what became of it (`happened` is 1: late). */
export const testedForecasts: Pick<Counted, 'prepare'> & { units: Units } = {
  prepare: preparedOnce({
    name: 'tested-forecasts',
    of: 'all-time',
    async rows(engine, { sources, buckets }) {
      const tested = await backtest(engine, sources, buckets);
      return {
        item_id: { type: 'uuid', values: tested.map(({ itemId }) => itemId) },
        at: { type: 'timestamptz', values: tested.map(({ due }) => new Date(due * 1_000).toISOString()) },
        p: { type: 'float8', values: tested.map(({ p }) => p ?? none) },
        class: { type: 'int', values: tested.map(({ p }) => (p === null ? none : reliabilityClass(p))) },
        happened: { type: 'int', values: tested.map(({ wasLate }) => Number(wasLate)) },
      };
    },
  }),
  units: {
    per: 'row',
    columns: ['p', 'happened'],
    sql: `  select ${itemKeys}, u.at, u.excluded is not null or u.outcome = 'unknown' or u.p < 0 as is_excluded, u.p, u.class, u.happened
  from prepared u
  join source s on s.connection_id = u.connection_id`,
  },
};
