import type { Measure } from '../metric.js';
import { percent } from './rate.js';
import { number } from './notes.js';

/**
 * Percent of items with at least one of what a column counts, for each named column; the interval is of the first. One alone is the
 * row's `value`.
 */
export function itemRate(columns: Record<string, string>): Measure {
  const named = Object.entries(columns);
  const isSingle = named.length === 1;
  const main = named[0]?.[1] ?? '';
  const counts = named.map(([, column], index) => `count(*) filter (where not is_excluded and ${column} > 0)::int as x${index}`);
  return {
    sql: () => `figure as (
  select bucket, segment,
    count(*) filter (where not is_excluded)::int as n,
    count(*) filter (where is_excluded)::int as excluded,
    ${counts.join(',\n    ')}
  from placed
  group by bucket, segment
)
select bucket, segment, n, excluded, ${named.map((_, index) => `x${index}`).join(', ')}
from figure`,
    row(figures, { minimumN }) {
      const n = number(figures, 'n');
      const rates = named.map((_, index) => percent(number(figures, `x${index}`), n, n < minimumN));
      return {
        ...(isSingle
          ? { value: rates[0]?.value ?? null }
          : { values: Object.fromEntries(named.map(([name], index) => [name, rates[index]?.value ?? null])) }),
        numerator: number(figures, 'x0'),
        denominator: n,
        lo: rates[0]?.lo ?? null,
        hi: rates[0]?.hi ?? null,
        note: rates[0]?.note ?? null,
      };
    },
    isAdditive: true,
    contribution: main,
    splits: Object.fromEntries(
      named.map(([name, column]) => [
        isSingle ? 'value' : name,
        { kind: 'ratio', of: `case when ${column} > 0 then 1 else 0 end`, per: '1', scale: 100, isOncePerItem: true },
      ]),
    ),
    numerator: `${main} > 0`,
  };
}
