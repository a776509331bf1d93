import { fQuantile } from './distributions.js';
import type { Interval } from './interval.js';

/** Sums of squares of a one-way analysis of variance; within several strata, each the sum over them. */
export interface VarianceParts {
  between: number;
  within: number;
  betweenDegrees: number;
  withinDegrees: number;
  /** Sum over strata of n - Σ nᵢ²/n, nᵢ being the sizes of the groups: the typical size of a group times `betweenDegrees`. */
  weight: number;
}

/**
 * Share of the variance that lies between groups, ICC(1) with its 95 % interval (Shrout & Fleiss 1979; groups of unequal size by
 * their weighted mean size, Thomas & Hultquist 1978). An estimate below 0 is 0. Null with fewer than two groups, with no group of two, and
 * where nothing varies.
 */
export function intraclassShare({
  between,
  within,
  betweenDegrees,
  withinDegrees,
  weight,
}: VarianceParts): { value: number | null } & Interval {
  if (betweenDegrees < 1 || withinDegrees < 1 || between + within <= 0) return { value: null, lo: null, hi: null };
  const size = weight / betweenDegrees;
  const meanBetween = between / betweenDegrees;
  const meanWithin = within / withinDegrees;
  if (meanWithin === 0) return { value: 1, lo: 1, hi: 1 };
  const ratio = meanBetween / meanWithin;
  const share = (f: number) => Math.max(0, (f - 1) / (f + size - 1));
  return {
    value: share(ratio),
    lo: share(ratio / fQuantile(0.975, betweenDegrees, withinDegrees)),
    hi: share(ratio * fQuantile(0.975, withinDegrees, betweenDegrees)),
  };
}
