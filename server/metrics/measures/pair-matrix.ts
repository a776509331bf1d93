import type { Measure } from '../metric.js';
import { durationFigures } from './duration-figures.js';
import { joinNotes, number, numberOrNull } from './notes.js';
import { percent } from './rate.js';

/**
 * Of the units of a bucket: the `share` with this pair, the median `wait`, and among them the percentages of `returns`, of `cold` ones
 * and of those that `reAsk`; the last two of units where it is known.
 */
export function pairMatrix(): Measure {
  return {
    sql: (parameters) => `${durationFigures([{ p: 0.5, interval: null }], parameters)},
known as (
  select bucket, segment,
    count(*)::int as returns_of, (sum(is_return))::int as returns,
    count(is_cold)::int as cold_of, coalesce(sum(is_cold), 0)::int as cold,
    count(is_reask)::int as re_ask_of, coalesce(sum(is_reask), 0)::int as re_ask
  from placed
  where not is_excluded
  group by bucket, segment
)
select f.bucket, f.segment, f.n, f.excluded, f.is_mixed, f.q0, (sum(f.n) over (partition by f.bucket))::int as total,
  coalesce(c.returns_of, 0) as returns_of, coalesce(c.returns, 0) as returns, coalesce(c.cold_of, 0) as cold_of, coalesce(c.cold, 0) as cold,
  coalesce(c.re_ask_of, 0) as re_ask_of, coalesce(c.re_ask, 0) as re_ask
from figure f
left join known c on c.bucket = f.bucket and c.segment = f.segment`,
    row(figures, { minimumN }) {
      const n = number(figures, 'n');
      const total = number(figures, 'total');
      const share = percent(n, total, total < minimumN);
      const isThin = n < minimumN;
      const wait = isThin ? null : numberOrNull(figures, 'q0');
      const among = (name: 'returns' | 'cold' | 're_ask') => {
        const of = number(figures, `${name}_of`);
        return of < minimumN ? null : (100 * number(figures, name)) / of;
      };
      const parts = { returns: among('returns'), cold: among('cold'), reAsk: among('re_ask') };
      return {
        values: { share: share.value, wait, ...parts },
        numerator: n,
        denominator: total,
        lo: share.lo,
        hi: share.hi,
        note: joinNotes([
          share.note,
          isThin && 'too-few:wait',
          ...Object.entries(parts).map(([name, value]) => value === null && `too-few:${name}`),
          !isThin && wait === null && 'not-reached:wait',
          wait !== null && number(figures, 'is_mixed') === 1 && 'mixed-types',
        ]),
      };
    },
    contribution: 'exit_seconds',
  };
}
