/** A 95 % interval; null where the data set no bound. */
export interface Interval {
  lo: number | null;
  hi: number | null;
}

/** Two-sided 95 % of the normal distribution. */
export const z95 = 1.959963984540054;

/** Interval of a rate, both in 0..1, by Wilson's score (Wilson 1927). Null bounds without trials. */
export function wilson(successes: number, trials: number): Interval {
  if (trials === 0) return { lo: null, hi: null };
  const rate = successes / trials;
  const square = z95 * z95;
  const centre = (rate + square / (2 * trials)) / (1 + square / trials);
  const half = (z95 / (1 + square / trials)) * Math.sqrt((rate * (1 - rate)) / trials + square / (4 * trials * trials));
  return { lo: successes === 0 ? 0 : centre - half, hi: successes === trials ? 1 : centre + half };
}

/**
 * Interval of the difference of two rates seen on the same units, -1..1, after Bonett and Price 2012: `gained` succeeded only by the
 * second count, `lost` only by the first.
 */
export function pairedDifference(gained: number, lost: number, units: number): Interval {
  if (units === 0) return { lo: null, hi: null };
  const up = (gained + 1) / (units + 2);
  const down = (lost + 1) / (units + 2);
  const half = z95 * Math.sqrt((up + down - (up - down) ** 2) / (units + 2));
  return { lo: Math.max(-1, up - down - half), hi: Math.min(1, up - down + half) };
}

/** Relative size below which a difference of large sums is their rounding. */
const rounding = 1e-12;

/** Sums over units of a numerator x and a denominator y. */
export interface RatioSums {
  units: number;
  x: number;
  y: number;
  xx: number;
  xy: number;
  yy: number;
}

/**
 * Interval of a ratio of sums, x / y, the units being drawn independently (linearised; Cochran 1977, 6.4). Null bounds below two
 * units, where the spread between units is unknown.
 */
export function ratioOfSums({ units, x, y, xx, xy, yy }: RatioSums): Interval {
  if (units < 2 || y === 0) return { lo: null, hi: null };
  const ratio = x / y;
  const square = xx - 2 * ratio * xy + ratio * ratio * yy;
  // Of units that are all alike only rounding is left.
  const residual = square > rounding * xx ? square : 0;
  const half = (z95 * Math.sqrt((residual * units) / (units - 1))) / y;
  return { lo: Math.max(0, ratio - half), hi: ratio + half };
}

/** Interval of a mean from the sums of its values and of their squares. Null bounds below two values. */
export function meanInterval(count: number, sum: number, sumOfSquares: number): Interval {
  if (count < 2) return { lo: null, hi: null };
  const mean = sum / count;
  const square = sumOfSquares - count * mean * mean;
  const variance = square > rounding * sumOfSquares ? square / (count - 1) : 0;
  const half = z95 * Math.sqrt(variance / count);
  return { lo: mean - half, hi: mean + half };
}
