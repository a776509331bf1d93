import type { MetricEngine } from '../engine.js';
import { numberOrNull } from '../measures/notes.js';
import type { Split } from '../metric.js';
import { logarithmicMean, symmetricSplit, type Share, type SplitPart } from '../statistics/symmetric-split.js';
import { durationShares } from './duration-shares.js';
import type { MarkValue } from './mark-values.js';
import { ratioShares } from './ratio-shares.js';
import type { OfWindows, TwoWindows } from './two-windows.js';

/** The parts of a change, and the shares of the segments. */
export interface SplitParts {
  all: SplitPart[];
  shares: OfWindows<Map<string, Share>>;
}

/** The parts add up to `change`. Null where the segments say nothing of it: no unit has any, or they move against the whole. */
export async function splitChange(
  engine: MetricEngine,
  windows: TwoWindows,
  split: Split,
  whole: OfWindows<MarkValue | undefined>,
  change: number,
): Promise<SplitParts | null> {
  if (split.kind === 'ratio') {
    const shares = await ratioShares(engine, windows, split);
    return partsOf(shares);
  }
  if (split.kind === 'quantile') {
    const quantile = quantileOf(whole, split.figure);
    return quantile && quantileParts(engine, windows, quantile, change, split.whole);
  }
  const lower = quantileOf(whole, split.lower);
  const upper = quantileOf(whole, split.upper);
  if (!lower || !upper) return null;
  return quantileRatioParts(engine, windows, { lower, upper }, change);
}

function partsOf(shares: OfWindows<Map<string, Share>>): SplitParts | null {
  if (shares.before.size === 0 || shares.after.size === 0) return null;
  return { all: symmetricSplit(shares.before, shares.after), shares };
}

function quantileOf({ before, after }: OfWindows<MarkValue | undefined>, figure: string): OfWindows<number> | null {
  const [first, last] = [before, after].map((mark) => (mark ? numberOrNull(mark.figures, figure) : null));
  return first == null || last == null ? null : { before: first, after: last };
}

/**
 * What moved a quantile is what moved the curve of the whole between its two values. The area between the two curves there, split by
 * segments, stands for the change: each part is turned into the unit of the value by the same factor.
 */
async function quantileParts(
  engine: MetricEngine,
  windows: TwoWindows,
  { before, after }: OfWindows<number>,
  change: number,
  whole?: string,
): Promise<SplitParts | null> {
  if (before === after) return null;
  const parts = partsOf(await durationShares(engine, windows, { from: Math.min(before, after), to: Math.max(before, after), whole }));
  const area = parts?.all.reduce((sum, { mix, rate }) => sum + mix + rate, 0) ?? 0;
  // More has ended by then where the value fell.
  return parts === null || area * change >= 0 ? null : { ...parts, all: scaled(parts.all, change / area) };
}

/** By the logarithm, of which a ratio is a difference: no rest is left (Ang 2004). */
async function quantileRatioParts(
  engine: MetricEngine,
  windows: TwoWindows,
  { lower, upper }: { lower: OfWindows<number>; upper: OfWindows<number> },
  change: number,
): Promise<SplitParts | null> {
  if ([lower.before, lower.after, upper.before, upper.after].some((value) => value <= 0)) return null;
  const logarithm = ({ before, after }: OfWindows<number>) => Math.log(after / before);
  const whole = logarithm(upper) - logarithm(lower);
  const partsOfQuantile = async (quantile: OfWindows<number>) =>
    quantile.before === quantile.after ? 'unchanged' : quantileParts(engine, windows, quantile, quantile.after - quantile.before);
  const [slow, usual] = await Promise.all([partsOfQuantile(upper), partsOfQuantile(lower)]);
  if (whole === 0 || slow == null || usual == null) return null;
  const inChange = (parts: SplitParts | 'unchanged', { before, after }: OfWindows<number>, sign: 1 | -1) =>
    parts === 'unchanged' ? [] : scaled(parts.all, (sign * change) / whole / logarithmicMean(after, before));
  const shares = slow === 'unchanged' ? usual : slow;
  if (shares === 'unchanged') return null;
  return { all: added([...inChange(slow, upper, 1), ...inChange(usual, lower, -1)]), shares: shares.shares };
}

function scaled(parts: readonly SplitPart[], factor: number): SplitPart[] {
  return parts.map((part) => ({
    ...part,
    mix: factor * part.mix,
    rate: factor * part.rate,
    variance: part.variance === null ? null : factor ** 2 * part.variance,
  }));
}

/** Parts of the same segment as one. Their errors are taken as independent, which is too wide where both come from the same units. */
function added(parts: readonly SplitPart[]): SplitPart[] {
  const segments = new Map<string, SplitPart>();
  for (const part of parts) {
    const other = segments.get(part.segment);
    segments.set(
      part.segment,
      other === undefined
        ? part
        : {
            ...part,
            mix: other.mix + part.mix,
            rate: other.rate + part.rate,
            variance: other.variance === null || part.variance === null ? null : other.variance + part.variance,
          },
    );
  }
  return [...segments.values()];
}
