import { backtest } from '../../forecast/backtest.js';
import { itemKeys, type Counted, type Units } from '../../metric.js';
import { reliabilityClass } from '../../statistics/brier.js';

/** Stands for no forecast. */
const none = -1;

/** One forecast per decided promise (`p`, with its class of ten) and what became of it (`happened` is 1: late). */
export const testedForecasts: Pick<Counted, 'prepare'> & { units: Units } = {
  async prepare(engine, { sources, buckets }) {
    const tested = await backtest(engine, sources, buckets);
    return {
      columns: { item_id: 'uuid', at: 'timestamptz', p: 'float8', class: 'int', happened: 'int' },
      rows: tested.map(({ itemId, due, forecast, wasLate }) => [
        itemId,
        new Date(due * 1_000).toISOString(),
        forecast?.p ?? none,
        forecast ? reliabilityClass(forecast.p) : none,
        wasLate ? 1 : 0,
      ]),
    };
  },
  units: {
    per: 'row',
    columns: ['p', 'happened'],
    sql: `  select ${itemKeys}, f.at, u.excluded is not null or u.outcome = 'unknown' or f.p < 0 as is_excluded, f.p, f.class, f.happened
  from prepared f
  join measured.item u on u.item_id = f.item_id
  join source s on s.connection_id = u.connection_id`,
  },
};
