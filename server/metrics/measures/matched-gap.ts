import type { Measure } from '../metric.js';
import { z95 } from '../statistics/interval.js';
import { durationFigures } from './duration-figures.js';
import { joinNotes, number } from './notes.js';

const interval95 = { confidence: 0.95, z: z95 };
/** Fewest units of each group in a stratum: with five the range of all of them holds their median in only 94 of 100 cases. */
const fewestOfGroup = 6;

/**
 * Median duration of the units with `handed` 1 minus that of the others, within strata of type and priority, each stratum weighted by
 * its units of both groups. Strata with fewer than six of a group, or a median without a bound on either side yet, are left out: `matched`
 * is the percentage of units in the others. The interval is made of those of the medians (MOVER; Zou & Donner 2008).
 */
export function matchedGap(): Measure {
  return {
    sql: (parameters) => `whole as (
  select bucket, type, is_excluded, entry_seconds, exit_seconds, ended,
    segment || chr(30) || type || chr(30) || coalesce(priority, '') || chr(30) || case when handed = 1 then 'handed' else 'kept' end as segment
  from placed
),
${durationFigures([{ p: 0.5, interval: interval95 }], parameters, 'whole')},
named_figure as (
  select bucket, split_part(segment, chr(30), 1) as segment, split_part(segment, chr(30), 2) || chr(30) || split_part(segment, chr(30), 3) as stratum,
    split_part(segment, chr(30), 4) = 'handed' as is_handed, n, excluded, q0, q0_lo, q0_hi
  from figure
),
pair as (
  select bucket, segment, stratum,
    sum(n)::float8 as n,
    sum(excluded)::float8 as excluded,
    max(case when is_handed then n end) as handed_n,
    max(case when not is_handed then n end) as kept_n,
    max(case when is_handed then q0 end) as handed,
    max(case when is_handed then q0_lo end) as handed_lo,
    max(case when is_handed then q0_hi end) as handed_hi,
    max(case when not is_handed then q0 end) as kept,
    max(case when not is_handed then q0_lo end) as kept_lo,
    max(case when not is_handed then q0_hi end) as kept_hi
  from named_figure
  group by bucket, segment, stratum
),
compared as (
  select bucket, segment, n, excluded, handed, handed_lo, handed_hi, kept, kept_lo, kept_hi,
    case when handed_n >= ${fewestOfGroup} and kept_n >= ${fewestOfGroup} then 1 else 0 end as is_enough,
    case
      when handed_n >= ${fewestOfGroup} and kept_n >= ${fewestOfGroup}
        and handed_lo is not null and handed_hi is not null and kept_lo is not null and kept_hi is not null
      then n
      else 0
    end as weight
  from pair
)
select bucket, segment,
  sum(n)::int as n,
  sum(excluded)::int as excluded,
  sum(weight)::float8 as matched,
  sum(case when is_enough = 1 and weight = 0 then 1 else 0 end)::int as unreached,
  coalesce(sum(weight * handed), 0)::float8 as handed,
  coalesce(sum(weight * kept), 0)::float8 as kept,
  sum(case when weight = 0 then 0 else weight * weight * ((handed - handed_lo) * (handed - handed_lo) + (kept_hi - kept) * (kept_hi - kept)) end)::float8 as below,
  sum(case when weight = 0 then 0 else weight * weight * ((handed_hi - handed) * (handed_hi - handed) + (kept - kept_lo) * (kept - kept_lo)) end)::float8 as above
from compared
group by bucket, segment`,
    row(figures) {
      const matched = number(figures, 'matched');
      const unreached = number(figures, 'unreached') > 0;
      if (matched === 0) {
        const values = { difference: null, handed: null, kept: null, matched: null };
        return { values, lo: null, hi: null, note: unreached ? 'not-reached' : 'too-few' };
      }
      const handed = number(figures, 'handed') / matched;
      const kept = number(figures, 'kept') / matched;
      const reach = (side: 'below' | 'above') => Math.sqrt(number(figures, side)) / matched;
      return {
        values: { difference: handed - kept, handed, kept, matched: (100 * matched) / number(figures, 'n') },
        lo: handed - kept - reach('below'),
        hi: handed - kept + reach('above'),
        note: joinNotes([unreached && 'not-reached:matched']),
      };
    },
    contribution: 'exit_seconds',
  };
}
