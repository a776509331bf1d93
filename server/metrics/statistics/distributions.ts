import { incompleteBeta, incompleteBetaQuantile } from './beta.js';

/** The t that |T| exceeds with probability 1 - confidence (Student 1908). */
export function studentQuantile(degrees: number, confidence = 0.95): number {
  const x = incompleteBetaQuantile(1 - confidence, degrees / 2, 0.5);
  return Math.sqrt((degrees * (1 - x)) / x);
}

/** The value an F variable stays below with probability p (Fisher & Snedecor). */
export function fQuantile(p: number, numeratorDegrees: number, denominatorDegrees: number): number {
  const x = incompleteBetaQuantile(p, numeratorDegrees / 2, denominatorDegrees / 2);
  return (denominatorDegrees * x) / (numeratorDegrees * (1 - x));
}

/** Probability of at most `successes` in `trials`. */
export function binomialAtMost(successes: number, trials: number, rate: number): number {
  if (successes < 0) return 0;
  if (successes >= trials) return 1;
  return incompleteBeta(1 - rate, trials - successes, successes + 1);
}
