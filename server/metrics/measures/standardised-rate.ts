import type { Measure } from '../metric.js';
import { rateVariance, standardisedDifference } from '../statistics/standardise.js';
import { number } from './notes.js';
import { strataOf, strataText } from './strata.js';

/**
 * Percentage points by which the rate of `happened` is higher where `is_newcomer` is 1, standardised to the types of those. Types with
 * units of one kind alone cannot be compared.
 */
export function standardisedRate(): Measure {
  return {
    sql: () => `stratum as (
  select bucket, segment, type,
    count(*) filter (where is_newcomer = 1)::int as new_units,
    count(*) filter (where is_newcomer = 1 and happened = 1)::int as new_happened,
    count(*) filter (where is_newcomer = 0)::int as other_units,
    count(*) filter (where is_newcomer = 0 and happened = 1)::int as other_happened
  from placed
  where not is_excluded
  group by bucket, segment, type
),
compared as (
  select bucket, segment, ${strataText(['new_units', 'new_happened', 'other_units', 'other_happened'])} as strata
  from stratum
  where new_units > 0 and other_units > 0
  group by bucket, segment
),
figure as (
  select bucket, segment, count(*) filter (where not is_excluded)::int as n, count(*) filter (where is_excluded)::int as excluded
  from placed
  group by bucket, segment
)
select f.bucket, f.segment, f.n, f.excluded, c.strata
from figure f
left join compared c on c.bucket = f.bucket and c.segment = f.segment`,
    row(figures, { minimumN }) {
      const strata = strataOf(figures, 'strata').map(([newUnits = 0, newHappened = 0, otherUnits = 0, otherHappened = 0]) => ({
        weight: newUnits,
        others: otherUnits,
        difference: 100 * (newHappened / newUnits - otherHappened / otherUnits),
        variance: 10_000 * (rateVariance(newHappened, newUnits) + rateVariance(otherHappened, otherUnits)),
      }));
      const newcomers = strata.reduce((sum, { weight }) => sum + weight, 0);
      const others = strata.reduce((sum, stratum) => sum + stratum.others, 0);
      if (Math.min(newcomers, others) < minimumN || number(figures, 'n') === 0) return { value: null, lo: null, hi: null, note: 'too-few' };
      return { ...standardisedDifference(strata), note: null };
    },
    contribution: 'happened',
    numerator: 'is_newcomer = 1',
  };
}
