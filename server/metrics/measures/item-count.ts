import type { Measure } from '../metric.js';
import { meanInterval } from '../statistics/interval.js';
import { number } from './notes.js';

const daySeconds = 86_400;

/** How often something happens: `perItem`, with the interval of a mean, and `per100ItemDays` of open time. */
export function itemCount(column: string): Measure {
  return {
    sql: () => `figure as (
  select bucket, segment,
    count(*) filter (where not is_excluded)::int as n,
    count(*) filter (where is_excluded)::int as excluded,
    coalesce(sum(seconds) filter (where not is_excluded), 0)::float8 as seconds,
    coalesce(sum(${column}) filter (where not is_excluded), 0)::float8 as happened,
    coalesce(sum(${column} * ${column}) filter (where not is_excluded), 0)::float8 as squares
  from placed
  group by bucket, segment
)
select bucket, segment, n, excluded, seconds, happened, squares
from figure`,
    row(figures, { minimumN }) {
      const n = number(figures, 'n');
      const happened = number(figures, 'happened');
      const itemDays = number(figures, 'seconds') / daySeconds;
      const counted = { numerator: happened, denominator: n };
      if (n < minimumN) return { values: { perItem: null, per100ItemDays: null }, ...counted, lo: null, hi: null, note: 'too-few' };
      const { lo, hi } = meanInterval(n, happened, number(figures, 'squares'));
      return {
        values: { perItem: happened / n, per100ItemDays: itemDays === 0 ? null : (100 * happened) / itemDays },
        ...counted,
        lo: lo === null ? null : Math.max(0, lo),
        hi,
        note: null,
      };
    },
    isAdditive: true,
    contribution: column,
    splits: {
      perItem: { kind: 'ratio', of: column, per: '1', scale: 1 },
      per100ItemDays: { kind: 'ratio', of: column, per: 'seconds', scale: 100 * daySeconds },
    },
    numerator: `${column} > 0`,
  };
}
