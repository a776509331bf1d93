import type { EngineRow, MetricEngine } from '../engine.js';
import { unitOptions } from '../compose.js';
import { number } from '../measures/notes.js';
import type { Split } from '../metric.js';
import { rateVariance } from '../statistics/standardise.js';
import type { Share } from '../statistics/symmetric-split.js';
import { ofWindows, queryWindows, type OfWindows, type TwoWindows } from './two-windows.js';

/** Segments by their part in a ratio of sums: the weight is the share of the denominator. */
export async function ratioShares(
  engine: MetricEngine,
  windows: TwoWindows,
  split: Extract<Split, { kind: 'ratio' }>,
): Promise<OfWindows<Map<string, Share>>> {
  const { measure, units } = windows.compute;
  const isOfItems = units(unitOptions(windows.request)).per !== 'row';
  // An item that was in several segments is still one item: they share it.
  const ofItem = 'over (partition by bucket, item_id)';
  const rows = await queryWindows(
    engine,
    windows,
    () => `part as (
  select bucket, segment, item_id, (${split.of})::float8 as x, (${split.per})::float8 as y
  from placed
  where ${['not is_excluded', ...(measure.unitCondition ? [measure.unitCondition] : [])].join(' and ')}
),
shared as (
  select bucket, segment,
    ${isOfItems && split.isOncePerItem ? `case when x > 0 then x / sum(x) ${ofItem} else 0 end` : 'x'} as x,
    ${isOfItems && split.per === '1' ? `1::float8 / count(*) ${ofItem}` : 'y'} as y
  from part
)
select bucket, segment, count(*)::int as n, sum(x)::float8 as x, sum(y)::float8 as y,
  sum(x * x)::float8 as xx, sum(x * y)::float8 as xy, sum(y * y)::float8 as yy
from shared
group by bucket, segment`,
  );
  return ofWindows(rows, (window) => sharesOf(window, split.scale));
}

function sharesOf(rows: readonly EngineRow[], scale: number): Map<string, Share> {
  const whole = sum(rows, 'y');
  const squares = sum(rows, 'yy');
  return new Map(
    rows
      .filter((row) => number(row, 'y') > 0)
      .map((row) => {
        const [x, y, yy] = [number(row, 'x'), number(row, 'y'), number(row, 'yy')];
        const weight = y / whole;
        const variance = varianceOfRate(row);
        return [
          String(row.segment),
          {
            weight,
            rate: (scale * x) / y,
            weightVariance: ((1 - weight) ** 2 * yy + weight ** 2 * (squares - yy)) / whole ** 2,
            rateVariance: variance === null ? null : scale ** 2 * variance,
          },
        ];
      }),
  );
}

/** Units are drawn independently: of yes and no that of a rate, else linearised (Cochran 1977, 6.4). */
function varianceOfRate(row: EngineRow): number | null {
  const [n, x, y, xx, xy, yy] = ['n', 'x', 'y', 'xx', 'xy', 'yy'].map((name) => number(row, name)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (n < 2) return null;
  const isYesOrNo = xx === x && xy === x && yy === y && y === n;
  if (isYesOrNo) return rateVariance(x, n);
  const rate = x / y;
  return (Math.max(0, xx - 2 * rate * xy + rate * rate * yy) * n) / (n - 1) / (y * y);
}

function sum(rows: readonly EngineRow[], name: string): number {
  return rows.reduce((total, row) => total + number(row, name), 0);
}
