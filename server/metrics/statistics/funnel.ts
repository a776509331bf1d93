import { binomialAtMost } from './distributions.js';

/** Limits within which a rate of that many trials lies by chance, in 0..1. */
export interface FunnelLimits {
  lower95: number;
  upper95: number;
  lower998: number;
  upper998: number;
}

/**
 * Limits of a funnel plot around the rate of the whole, exact binomial and interpolated between counts so that they run smoothly
 * (Spiegelhalter 2005, A.1.1). The upper ones are the lower ones of the complement, so that neither side is missed more often than it says.
 */
export function funnelLimits(trials: number, rate: number): FunnelLimits {
  return {
    lower95: lowerLimit(trials, rate, 0.025),
    upper95: 1 - lowerLimit(trials, 1 - rate, 0.025),
    lower998: lowerLimit(trials, rate, 0.001),
    upper998: 1 - lowerLimit(trials, 1 - rate, 0.001),
  };
}

function lowerLimit(trials: number, rate: number, p: number): number {
  if (rate <= 0) return 0;
  if (rate >= 1) return 1;
  const successes = fewestReaching(trials, rate, p);
  const reached = binomialAtMost(successes, trials, rate);
  const before = binomialAtMost(successes - 1, trials, rate);
  return Math.max(0, (successes - (reached - p) / (reached - before)) / trials);
}

/** The smallest count that at most p of the probability lies below. */
function fewestReaching(trials: number, rate: number, p: number): number {
  let below = -1;
  let above = trials;
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2);
    if (binomialAtMost(middle, trials, rate) < p) below = middle;
    else above = middle;
  }
  return above;
}
