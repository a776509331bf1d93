import type { Measure } from '../metric.js';
import { wilson } from '../statistics/interval.js';
import { number } from './notes.js';

/** Percent of the units for which `happened` is 1, with Wilson's interval. */
export function rate(): Measure {
  return {
    sql: () => `figure as (
  select bucket, segment,
    count(*) filter (where not is_excluded)::int as n,
    count(*) filter (where is_excluded)::int as excluded,
    coalesce(sum(happened) filter (where not is_excluded), 0)::float8 as numerator
  from placed
  group by bucket, segment
)
select bucket, segment, n, excluded, numerator
from figure`,
    row(figures, { minimumN }) {
      const n = number(figures, 'n');
      const numerator = number(figures, 'numerator');
      return { ...percent(numerator, n, n < minimumN), numerator, denominator: n };
    },
    isAdditive: true,
    contribution: 'happened',
    numerator: 'happened = 1',
    splits: { value: { kind: 'ratio', of: 'happened', per: '1', scale: 100 } },
  };
}

/** A rate in percent with its interval, or nothing of it where it is withheld. */
export function percent(
  numerator: number,
  denominator: number,
  isWithheld: boolean,
): { value: number | null; lo: number | null; hi: number | null; note: string | null } {
  if (isWithheld || denominator === 0) return { value: null, lo: null, hi: null, note: 'too-few' };
  const { lo, hi } = wilson(numerator, denominator);
  return { value: (100 * numerator) / denominator, lo: lo === null ? null : 100 * lo, hi: hi === null ? null : 100 * hi, note: null };
}
