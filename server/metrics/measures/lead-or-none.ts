import type { Measure } from '../metric.js';
import { z95 } from '../statistics/interval.js';
import { durationFigures } from './duration-figures.js';
import { joinNotes, number, numberOrNull } from './notes.js';

const asked = [{ name: 'lead', p: 0.5, interval: { confidence: 0.95, z: z95 } }];

/** `lead`: the median of `lead_seconds` where `happened` is 1, with its interval; `none`: percent of all units where it is 0. */
export function leadOrNone(): Measure {
  const announced = `whole as (
  select bucket, segment, type, is_excluded, lead_seconds as exit_seconds, 1 as ended, -1 as entry_seconds
  from placed
  where happened = 1
)`;
  return {
    sql: (parameters) => `${announced},
${durationFigures(asked, parameters, 'whole')},
overall as (
  select bucket, segment,
    count(*) filter (where not is_excluded)::int as n,
    count(*) filter (where is_excluded)::int as excluded,
    count(*) filter (where not is_excluded and happened = 0)::int as missing
  from placed
  group by bucket, segment
)
select o.bucket as bucket, o.segment as segment, o.n, o.excluded, o.missing,
  coalesce(f.is_mixed, 0) as is_mixed, f.q0, f.q0_lo, f.q0_hi
from overall o
left join figure f on f.bucket = o.bucket and f.segment = o.segment`,
    row(figures, { minimumN }) {
      const n = number(figures, 'n');
      const missing = number(figures, 'missing');
      const isThin = n - missing < minimumN;
      const values = { lead: isThin ? null : numberOrNull(figures, 'q0'), none: n < minimumN ? null : (100 * missing) / n };
      return {
        values,
        numerator: missing,
        denominator: n,
        lo: isThin ? null : numberOrNull(figures, 'q0_lo'),
        hi: isThin ? null : numberOrNull(figures, 'q0_hi'),
        note: joinNotes([
          isThin && 'too-few',
          n < minimumN && 'too-few:none',
          !isThin && number(figures, 'is_mixed') === 1 && 'mixed-types',
        ]),
      };
    },
    contribution: 'case when happened = 1 then lead_seconds end',
    numerator: 'happened = 0',
    splits: {
      lead: { kind: 'quantile', figure: 'q0', whole: announced },
      none: { kind: 'ratio', of: '1 - happened', per: '1', scale: 100 },
    },
  };
}
