import type { Measure } from '../metric.js';
import { wilson } from '../statistics/interval.js';
import { joinNotes, number } from './notes.js';

/** Of a class of forecasts `p`: how often it happened (`happened` is 1) with Wilson's interval, beside the mean forecast; 0 to 1. */
export function reliability(): Measure {
  return {
    sql: () => `figure as (
  select bucket, segment,
    count(*) filter (where not is_excluded)::int as n,
    count(*) filter (where is_excluded)::int as excluded,
    coalesce(sum(p) filter (where not is_excluded), 0)::float8 as forecast,
    coalesce(sum(happened) filter (where not is_excluded), 0)::float8 as happened
  from placed
  group by bucket, segment
)
select bucket, segment, n, excluded, forecast, happened
from figure`,
    row(figures, { minimumN }) {
      const n = number(figures, 'n');
      const happened = number(figures, 'happened');
      const counted = { numerator: happened, denominator: n };
      if (n < minimumN) return { values: { observed: null, meanForecast: null }, ...counted, lo: null, hi: null, note: 'too-few' };
      const meanForecast = number(figures, 'forecast') / n;
      const { lo, hi } = wilson(happened, n);
      const isOutside = (lo !== null && meanForecast < lo) || (hi !== null && meanForecast > hi);
      return { values: { observed: happened / n, meanForecast }, ...counted, lo, hi, note: joinNotes([isOutside && 'outside:95']) };
    },
    contribution: 'p',
    numerator: 'happened = 1',
  };
}
