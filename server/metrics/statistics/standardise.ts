import { z95, type Interval } from './interval.js';

/** A stratum in which two groups are compared. */
export interface StratumDifference {
  /** Its share of the standard, in any unit. */
  weight: number;
  difference: number;
  /** Of the difference, by sampling. */
  variance: number;
}

/**
 * Difference of two groups over a standard mix of strata with its 95 % interval: direct standardisation (Breslow & Day 1987, 2.3).
 * Null without strata.
 */
export function standardisedDifference(strata: readonly StratumDifference[]): { value: number | null } & Interval {
  const total = strata.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return { value: null, lo: null, hi: null };
  const value = strata.reduce((sum, { weight, difference }) => sum + weight * difference, 0) / total;
  const half = z95 * Math.sqrt(strata.reduce((sum, { weight, variance }) => sum + (weight / total) ** 2 * variance, 0));
  return { value, lo: value - half, hi: value + half };
}

/** Variance of a rate, kept above 0 where none or all succeeded by one success and one failure more (Agresti & Caffo 2000). */
export function rateVariance(successes: number, trials: number): number {
  const rate = (successes + 1) / (trials + 2);
  return (rate * (1 - rate)) / (trials + 2);
}
