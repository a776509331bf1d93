import type { Measure } from '../metric.js';
import { ratioOfSums, z95 } from '../statistics/interval.js';
import { standardisedDifference } from '../statistics/standardise.js';
import { strataOf, strataText } from './strata.js';

const groups = { new: 'is_newcomer', other: 'not is_newcomer' };
const sums = (group: keyof typeof groups) => [
  `count(*) filter (where ${groups[group]})::int as ${group}_units`,
  ...['x', 'y', 'xx', 'xy', 'yy'].map(
    (sum) =>
      `coalesce(sum(${[...sum].map((letter) => (letter === 'x' ? 'silent' : 'seconds')).join(' * ')}) filter (where ${groups[group]}), 0)::float8 as ${group}_${sum}`,
  ),
];
const columns = (group: keyof typeof groups) => ['units', 'x', 'y', 'xx', 'xy', 'yy'].map((name) => `${group}_${name}`);

/**
 * Of units with their `type`: percentage points by which the share of `silent` time is higher where `is_newcomer` is 1, standardised to
 * the types of those, by their time. A type needs two items of each to be compared: one alone does not show how much they differ.
 */
export function standardisedTimeShare(): Measure {
  return {
    sql: () => `timed as (
  select bucket, segment, type, is_newcomer > 0 as is_newcomer, silent, seconds
  from placed
  where not is_excluded and seconds > 0
),
stratum as (
  select bucket, segment, type,
    ${[...sums('new'), ...sums('other')].join(',\n    ')}
  from timed
  group by bucket, segment, type
),
compared as (
  select bucket, segment, ${strataText([...columns('new'), ...columns('other')])} as strata
  from stratum
  where new_units > 1 and other_units > 1
  group by bucket, segment
),
figure as (
  select bucket, segment, count(*) filter (where not is_excluded and seconds > 0)::int as n, count(*) filter (where is_excluded)::int as excluded
  from placed
  group by bucket, segment
)
select f.bucket, f.segment, f.n, f.excluded, c.strata
from figure f
left join compared c on c.bucket = f.bucket and c.segment = f.segment`,
    row(figures, { minimumN }) {
      const strata = strataOf(figures, 'strata').map((row) => {
        const newcomers = share(row.slice(0, 6));
        const others = share(row.slice(6));
        return {
          weight: newcomers.seconds,
          units: newcomers.units,
          others: others.units,
          difference: newcomers.percent - others.percent,
          variance: newcomers.variance + others.variance,
        };
      });
      const newcomers = strata.reduce((sum, { units }) => sum + units, 0);
      const others = strata.reduce((sum, stratum) => sum + stratum.others, 0);
      if (Math.min(newcomers, others) < minimumN) return { value: null, lo: null, hi: null, note: 'too-few' };
      return { ...standardisedDifference(strata), note: null };
    },
    contribution: 'silent',
    numerator: 'is_newcomer > 0',
    unitCondition: 'seconds > 0',
  };
}

function share([units = 0, x = 0, y = 0, xx = 0, xy = 0, yy = 0]: readonly number[]): {
  units: number;
  seconds: number;
  percent: number;
  variance: number;
} {
  const { hi } = ratioOfSums({ units, x, y, xx, xy, yy });
  return { units, seconds: y, percent: (100 * x) / y, variance: ((100 * ((hi ?? 0) - x / y)) / z95) ** 2 };
}
