import type { Measure } from '../metric.js';
import { durationFigures } from './duration-figures.js';
import { joinNotes, number, numberOrNull } from './notes.js';
import { percent } from './rate.js';

/** Of the units of a bucket: the `share` with this pair, the median `wait` and the share of `returns` among them. */
export function pairMatrix(): Measure {
  return {
    sql: (parameters) => `${durationFigures([{ p: 0.5, interval: null }], parameters)},
returned as (
  select bucket, segment, count(*) filter (where not is_excluded and is_return = 1)::int as returns
  from placed
  group by bucket, segment
)
select f.bucket, f.segment, f.n, f.excluded, f.is_mixed, f.q0, r.returns, (sum(f.n) over (partition by f.bucket))::int as total
from figure f
join returned r on r.bucket = f.bucket and r.segment = f.segment`,
    row(figures, { minimumN }) {
      const n = number(figures, 'n');
      const total = number(figures, 'total');
      const share = percent(n, total, total < minimumN);
      const isThin = n < minimumN;
      const wait = isThin ? null : numberOrNull(figures, 'q0');
      return {
        values: { share: share.value, wait, returns: isThin ? null : (100 * number(figures, 'returns')) / n },
        numerator: n,
        denominator: total,
        lo: share.lo,
        hi: share.hi,
        note: joinNotes([
          share.note,
          isThin && 'too-few:wait',
          isThin && 'too-few:returns',
          !isThin && wait === null && 'not-reached:wait',
          wait !== null && number(figures, 'is_mixed') === 1 && 'mixed-types',
        ]),
      };
    },
    contribution: 'exit_seconds',
  };
}
