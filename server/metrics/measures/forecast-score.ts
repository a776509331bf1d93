import type { Measure } from '../metric.js';
import { scoreOf } from '../statistics/brier.js';
import { meanInterval } from '../statistics/interval.js';
import { joinNotes, number } from './notes.js';

/** Sums over forecasts `p` of what happened (`happened` is 1). */
const figure = `figure as (
  select bucket, segment,
    count(*) filter (where not is_excluded)::int as n,
    count(*) filter (where is_excluded)::int as excluded,
    coalesce(sum(p) filter (where not is_excluded), 0)::float8 as forecast,
    coalesce(sum(happened) filter (where not is_excluded), 0)::float8 as happened,
    coalesce(sum((p - happened) * (p - happened)) filter (where not is_excluded), 0)::float8 as errors,
    coalesce(sum((p - happened) * (p - happened) * (p - happened) * (p - happened)) filter (where not is_excluded), 0)::float8 as squares
  from placed
  group by bucket, segment
)
select bucket, segment, n, excluded, forecast, happened, errors, squares
from figure`;

const names = ['brier', 'skill', 'meanForecast', 'observed'];

/** Brier score with the interval of a mean, skill against the base rate, mean forecast and how often it happened; all 0 to 1. */
export function forecastScore(): Measure {
  return {
    sql: () => figure,
    row(figures, { minimumN }) {
      const n = number(figures, 'n');
      const happened = number(figures, 'happened');
      const counted = { numerator: happened, denominator: n };
      if (n < minimumN)
        return { values: Object.fromEntries(names.map((name) => [name, null])), ...counted, lo: null, hi: null, note: 'too-few' };
      const { brier, skill } = scoreOf(n, happened, number(figures, 'errors'));
      const { lo, hi } = meanInterval(n, number(figures, 'errors'), number(figures, 'squares'));
      return {
        values: { brier, skill, meanForecast: number(figures, 'forecast') / n, observed: happened / n },
        ...counted,
        lo: lo === null ? null : Math.max(0, lo),
        hi: hi === null ? null : Math.min(1, hi),
        note: joinNotes([skill === null && 'undefined:skill']),
      };
    },
    contribution: 'p',
    splits: {
      brier: { kind: 'ratio', of: '(p - happened) * (p - happened)', per: '1', scale: 1 },
      meanForecast: { kind: 'ratio', of: 'p', per: '1', scale: 1 },
      observed: { kind: 'ratio', of: 'happened', per: '1', scale: 1 },
    },
    numerator: 'happened = 1',
  };
}
