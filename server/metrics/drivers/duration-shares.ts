import type { EngineRow, MetricEngine } from '../engine.js';
import { incidenceCurve } from '../measures/late-entry-curve.js';
import { number, numberOrNull } from '../measures/notes.js';
import type { Share } from '../statistics/symmetric-split.js';
import { ofWindows, queryWindows, type OfWindows, type TwoWindows } from './two-windows.js';

/**
 * Segments by how much of their durations had ended between two durations: the weight is the share of the units, the rate the area
 * under the segment's own curve of what has ended (open units censored, other ends competing) from `from` to `to`, in seconds. At every
 * duration the curve of the whole is the weighted mean of theirs, so the area between the curves of two windows is split exactly.
 * `whole`: the CTE of the durations where they are not the units.
 */
export async function durationShares(
  engine: MetricEngine,
  windows: TwoWindows,
  { from, to, whole }: { from: number; to: number; whole: string | undefined },
): Promise<OfWindows<Map<string, Share>>> {
  const relation = whole === undefined ? 'placed' : 'whole';
  const rows = await queryWindows(engine, windows, (parameters) => {
    const lower = `${parameters.add(String(from))}::float8`;
    const upper = `${parameters.add(String(to))}::float8`;
    return `${whole === undefined ? '' : `${whole},\n`}judged as (
  select bucket, segment, count(*)::int as n, true as needs_curve
  from ${relation}
  where not is_excluded
  group by bucket, segment
),
${incidenceCurve(relation)},
step as (
  select bucket, segment, incidence, unit_share, at_seconds,
    greatest(at_seconds, ${lower}) as from_seconds,
    least(coalesce(lead(at_seconds) over (partition by bucket, segment order by at_seconds), ${upper}), ${upper}) as to_seconds
  from curve
),
area as (
  select bucket, segment,
    sum(case when to_seconds > from_seconds then incidence * (to_seconds - from_seconds) else 0 end)::float8 as area,
    sum(case
      when to_seconds > from_seconds
      then incidence * ((${upper} - from_seconds) * (${upper} - from_seconds) - (${upper} - to_seconds) * (${upper} - to_seconds))
      else 0
    end)::float8 as squares,
    max(case when at_seconds <= ${upper} then unit_share end)::float8 as unit_share
  from step
  group by bucket, segment
)
select j.bucket, j.segment, j.n, coalesce(a.area, 0) as area, coalesce(a.squares, 0) as squares, a.unit_share
from judged j
left join area a on a.bucket = j.bucket and a.segment = j.segment`;
  });
  return ofWindows(rows, (window) => sharesOf(window, to - from));
}

function sharesOf(rows: readonly EngineRow[], length: number): Map<string, Share> {
  const all = rows.reduce((sum, row) => sum + number(row, 'n'), 0);
  return new Map(
    rows.map((row) => {
      const n = number(row, 'n');
      const weight = n / all;
      return [
        String(row.segment),
        {
          weight,
          rate: number(row, 'area'),
          weightVariance: (weight * (1 - weight)) / all,
          rateVariance: n < 2 ? null : varianceOfArea(row, n, length),
        },
      ];
    }),
  );
}

/** By the effective number behind the end of the curve, kept above 0 by one unit that ended before and one that outlasts it. */
function varianceOfArea(row: EngineRow, n: number, length: number): number {
  const effective = Math.min(n, 1 / (numberOrNull(row, 'unit_share') ?? 1 / n));
  const mean = (effective * number(row, 'area') + length) / (effective + 2);
  const square = (effective * number(row, 'squares') + length * length) / (effective + 2);
  return Math.max(0, square - mean * mean) / (effective + 2);
}
