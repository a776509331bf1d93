import type { Measure } from '../metric.js';
import { pairedDifference } from '../statistics/interval.js';
import { number } from './notes.js';

/**
 * Percentage points by which `kept_last` exceeds `kept_first` over the same units: `gap`, and `gapUnasked` over those where
 * `was_asked` is 0. Numerator: units that only the last count calls kept, less those that only the first does.
 */
export function pairedGap(): Measure {
  return {
    sql: () => `figure as (
  select bucket, segment,
    count(*) filter (where not is_excluded)::int as n,
    count(*) filter (where is_excluded)::int as excluded,
    count(*) filter (where not is_excluded and kept_last > kept_first)::int as gained,
    count(*) filter (where not is_excluded and kept_last < kept_first)::int as lost,
    count(*) filter (where not is_excluded and was_asked = 0)::int as unasked,
    coalesce(sum(kept_last - kept_first) filter (where not is_excluded and was_asked = 0), 0)::float8 as unasked_difference
  from placed
  group by bucket, segment
)
select bucket, segment, n, excluded, gained, lost, unasked, unasked_difference
from figure`,
    row(figures, { minimumN }) {
      const n = number(figures, 'n');
      const gained = number(figures, 'gained');
      const lost = number(figures, 'lost');
      const counted = { numerator: gained - lost, denominator: n };
      if (n < minimumN) return { values: { gap: null, gapUnasked: null }, ...counted, lo: null, hi: null, note: 'too-few' };
      const unasked = number(figures, 'unasked');
      const { lo, hi } = pairedDifference(gained, lost, n);
      return {
        values: {
          gap: (100 * (gained - lost)) / n,
          gapUnasked: unasked < minimumN ? null : (100 * number(figures, 'unasked_difference')) / unasked,
        },
        ...counted,
        lo: lo === null ? null : 100 * lo,
        hi: hi === null ? null : 100 * hi,
        note: unasked < minimumN ? 'too-few:gapUnasked' : null,
      };
    },
    isAdditive: true,
    contribution: 'kept_last - kept_first',
    splits: {
      gap: { kind: 'ratio', of: 'kept_last - kept_first', per: '1', scale: 100 },
      gapUnasked: { kind: 'ratio', of: '(1 - was_asked) * (kept_last - kept_first)', per: '(1 - was_asked)', scale: 100 },
    },
    numerator: 'kept_last <> kept_first',
  };
}
