import { studentQuantile } from './distributions.js';
import type { Interval } from './interval.js';

/**
 * Least-squares slope of y on x with its 95 % interval from Student's distribution (Draper & Smith 1998, 1.4). Null below three
 * points and where x does not vary.
 */
export function leastSquaresSlope(points: readonly { x: number; y: number }[]): { value: number | null } & Interval {
  const n = points.length;
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / n;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / n;
  const squaresX = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  if (n < 3 || squaresX === 0) return { value: null, lo: null, hi: null };
  const value = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / squaresX;
  const residual = points.reduce((sum, { x, y }) => sum + (y - meanY - value * (x - meanX)) ** 2, 0);
  const half = studentQuantile(n - 2) * Math.sqrt(residual / (n - 2) / squaresX);
  return { value, lo: value - half, hi: value + half };
}
