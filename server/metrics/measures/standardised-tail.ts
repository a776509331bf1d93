import type { Measure } from '../metric.js';
import { z95 } from '../statistics/interval.js';
import { standardisedDifference } from '../statistics/standardise.js';
import { durationFigures } from './duration-figures.js';
import { fewestFor } from './notes.js';
import { strataOf, strataText } from './strata.js';

const interval = { confidence: 0.95, z: z95 };
const quantiles = [0.5, 0.85].map((p) => ({ p, interval }));
/** What a stratum says of a group; -1 stands for what was not reached. */
const told = ['n', 'q0', 'q0_lo', 'q0_hi', 'q1', 'q1_lo', 'q1_hi'];
const columns = (group: 'new' | 'other') => told.map((name) => `${group}_${name}`);
const group = (name: 'new' | 'other', flag: '0' | '1') =>
  told.map((column) => `coalesce(max(case when is_newcomer = '${flag}' then ${column} end), -1)::float8 as ${name}_${column}`);

/**
 * By how much P85/P50 of `exit_seconds` is greater where `is_newcomer` is 1, type by type, weighed by the units of those. A type is
 * compared where both ratios and their bounds are known; the errors of the two quantiles are taken as independent, which is too wide.
 */
export function standardisedTail(): Measure {
  return {
    sql: (parameters) => `whole as (
  select bucket, segment || chr(31) || type || chr(31) || is_newcomer as segment, type, is_excluded, entry_seconds, exit_seconds, ended
  from placed
),
${durationFigures(quantiles, parameters, 'whole')},
split as (
  select bucket, split_part(segment, chr(31), 1) as segment, split_part(segment, chr(31), 2) as type, split_part(segment, chr(31), 3) as is_newcomer,
    ${told.join(', ')}
  from figure
),
stratum as (
  select bucket, segment, type,
    ${[...group('new', '1'), ...group('other', '0')].join(',\n    ')}
  from split
  group by bucket, segment, type
),
compared as (
  select bucket, segment, ${strataText([...columns('new'), ...columns('other')])} as strata
  from stratum
  group by bucket, segment
),
unit_count as (
  select bucket, segment, count(*) filter (where not is_excluded)::int as n, count(*) filter (where is_excluded)::int as excluded
  from placed
  group by bucket, segment
)
select u.bucket, u.segment, u.n, u.excluded, c.strata
from unit_count u
left join compared c on c.bucket = u.bucket and c.segment = u.segment`,
    row(figures, { minimumN }) {
      const fewest = fewestFor(0.85, minimumN);
      const strata = strataOf(figures, 'strata').flatMap((row) => {
        const newcomers = tail(row.slice(0, told.length), fewest);
        const others = tail(row.slice(told.length), fewest);
        return newcomers && others
          ? [{ weight: newcomers.n, difference: newcomers.ratio - others.ratio, variance: newcomers.variance + others.variance }]
          : [];
      });
      return { ...standardisedDifference(strata), note: strata.length === 0 ? 'too-few' : null };
    },
    contribution: 'exit_seconds',
    numerator: 'is_newcomer = 1',
  };
}

function tail(
  [n = 0, median = -1, medianLo = -1, medianHi = -1, slow = -1, slowLo = -1, slowHi = -1]: readonly number[],
  fewest: number,
): { n: number; ratio: number; variance: number } | null {
  if (n < fewest || Math.min(median, medianLo, medianHi, slow, slowLo, slowHi) <= 0) return null;
  const error = (lo: number, hi: number) => Math.log(hi / lo) / (2 * z95);
  const ratio = slow / median;
  return { n, ratio, variance: ratio ** 2 * (error(medianLo, medianHi) ** 2 + error(slowLo, slowHi) ** 2) };
}
