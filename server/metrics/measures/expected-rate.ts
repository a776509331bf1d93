import type { Measure } from '../metric.js';
import { z95 } from '../statistics/interval.js';
import { number } from './notes.js';

/** Of numbers from 0 to 1, cut at 2^-53: the same to the last digit in whatever order they come. */
function exactSum(number: string): string {
  return `coalesce(sum(floor((${number}) * ${wholeOne})::bigint) filter (where not is_excluded), 0)::float8 / ${wholeOne}::float8`;
}

const wholeOne = 2 ** 53;

/**
 * Of units that each happen with probability `p`: the mean, 0..1, the number expected, and those of which it is certain (`is_late`
 * is 1). The range is that of the share that will happen: 95 % of a sum of independent events, by the normal distribution.
 */
export function expectedRate(): Measure {
  return {
    sql: () => `figure as (
  select bucket, segment,
    count(*) filter (where not is_excluded)::int as n,
    count(*) filter (where is_excluded)::int as excluded,
    ${exactSum('p')} as expected,
    ${exactSum('p * (1 - p)')} as variance,
    coalesce(sum(is_late) filter (where not is_excluded), 0)::float8 as late
  from placed
  group by bucket, segment
)
select bucket, segment, n, excluded, expected, variance, late
from figure`,
    row(figures, { minimumN }) {
      const n = number(figures, 'n');
      const late = number(figures, 'late');
      const counted = { numerator: late, denominator: n };
      if (n < minimumN)
        return { values: { meanForecast: null, expectedLate: null, alreadyLate: null }, ...counted, lo: null, hi: null, note: 'too-few' };
      const expected = number(figures, 'expected');
      const half = z95 * Math.sqrt(number(figures, 'variance'));
      return {
        values: { meanForecast: expected / n, expectedLate: expected, alreadyLate: late },
        ...counted,
        lo: Math.max(late, expected - half) / n,
        hi: Math.min(n, expected + half) / n,
        note: null,
      };
    },
    contribution: 'p',
    splits: { meanForecast: { kind: 'ratio', of: 'p', per: '1', scale: 1 } },
    numerator: 'is_late = 1',
  };
}
