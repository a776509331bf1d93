import type { Measure } from '../metric.js';
import { meanInterval } from '../statistics/interval.js';
import { number } from './notes.js';

/** Means over units of named columns; the interval is of the first. One alone is the row's `value`. */
export function means(columns: Record<string, string>): Measure {
  const named = Object.entries(columns);
  const main = named[0]?.[1] ?? '';
  const sums = named.map(([, column], index) => `coalesce(sum(${column}) filter (where not is_excluded), 0)::float8 as x${index}`);
  return {
    sql: () => `figure as (
  select bucket, segment,
    count(*) filter (where not is_excluded)::int as n,
    count(*) filter (where is_excluded)::int as excluded,
    ${sums.join(',\n    ')},
    coalesce(sum(${main} * ${main}) filter (where not is_excluded), 0)::float8 as squares
  from placed
  group by bucket, segment
)
select bucket, segment, n, excluded, ${named.map((_, index) => `x${index}`).join(', ')}, squares
from figure`,
    row(figures, { minimumN }) {
      const n = number(figures, 'n');
      const isWithheld = n < minimumN;
      const mean = (index: number) => (isWithheld ? null : number(figures, `x${index}`) / n);
      const interval = isWithheld ? { lo: null, hi: null } : meanInterval(n, number(figures, 'x0'), number(figures, 'squares'));
      return {
        ...(named.length === 1 ? { value: mean(0) } : { values: Object.fromEntries(named.map(([name], index) => [name, mean(index)])) }),
        ...interval,
        note: isWithheld ? 'too-few' : null,
      };
    },
    isAdditive: true,
    contribution: main,
    splits: Object.fromEntries(
      named.map(([name, column]) => [named.length === 1 ? 'value' : name, { kind: 'ratio', of: column, per: '1', scale: 1 }]),
    ),
    numerator: `${main} <> 0`,
  };
}
