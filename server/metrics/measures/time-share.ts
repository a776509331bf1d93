import type { Figures, Measure } from '../metric.js';
import { ratioOfSums } from '../statistics/interval.js';
import { number, numberOrNull } from './notes.js';

/**
 * Percent of time, a ratio of sums: of `seconds` or another `whole`, each of the named shares; the interval is of the first. `itemMedian`
 * adds the median over items of the first share. With one share and no median the row has one `value`.
 */
export function timeShare(shares: Record<string, string>, itemMedian?: string, whole = 'seconds'): Measure {
  const named = Object.entries(shares);
  const [, main] = named[0] ?? ['', ''];
  const isSingle = named.length === 1 && itemMedian === undefined;
  const sums = named.map(([, column], index) => `coalesce(sum(${column}) filter (where not is_excluded), 0)::float8 as x${index}`);
  const median = itemMedian
    ? `percentile_cont(0.5) within group (order by case when ${whole} > 0 then 100 * ${main} / ${whole} end) filter (where not is_excluded)`
    : null;
  return {
    sql: () => `figure as (
  select bucket, segment,
    count(*) filter (where not is_excluded and ${whole} > 0)::int as n,
    count(*) filter (where is_excluded)::int as excluded,
    coalesce(sum(${whole}) filter (where not is_excluded), 0)::float8 as y,
    ${sums.join(',\n    ')},
    coalesce(sum(${main} * ${main}) filter (where not is_excluded), 0)::float8 as xx,
    coalesce(sum(${main} * ${whole}) filter (where not is_excluded), 0)::float8 as xy,
    coalesce(sum(${whole} * ${whole}) filter (where not is_excluded), 0)::float8 as yy${median ? `,\n    ${median} as item_median` : ''}
  from placed
  group by bucket, segment
)
select bucket, segment, n, excluded, y, ${named.map((_, index) => `x${index}`).join(', ')}, xx, xy, yy${median ? ', item_median' : ''}
from figure`,
    row(figures, { minimumN }) {
      const n = number(figures, 'n');
      const seconds = number(figures, 'y');
      const counted = { numerator: number(figures, 'x0'), denominator: seconds };
      const isWithheld = n < minimumN || seconds === 0;
      const value = (index: number) => (isWithheld ? null : (100 * number(figures, `x${index}`)) / seconds);
      const values = Object.fromEntries(named.map(([name], index) => [name, value(index)]));
      if (itemMedian) values[itemMedian] = isWithheld ? null : numberOrNull(figures, 'item_median');
      return {
        ...(isSingle ? { value: value(0) } : { values }),
        ...counted,
        ...(isWithheld ? { lo: null, hi: null, note: 'too-few' } : { ...bounds(figures, n), note: null }),
      };
    },
    ...(!median && { isAdditive: true as const }),
    contribution: main,
    numerator: `${main} > 0`,
    unitCondition: `${whole} > 0`,
    splits: Object.fromEntries(
      named.map(([name, column]) => [isSingle ? 'value' : name, { kind: 'ratio', of: column, per: whole, scale: 100 }]),
    ),
  };
}

function bounds(figures: Figures, units: number): { lo: number | null; hi: number | null } {
  const { lo, hi } = ratioOfSums({
    units,
    x: number(figures, 'x0'),
    y: number(figures, 'y'),
    xx: number(figures, 'xx'),
    xy: number(figures, 'xy'),
    yy: number(figures, 'yy'),
  });
  return { lo: lo === null ? null : 100 * lo, hi: hi === null ? null : Math.min(100, 100 * hi) };
}
