import type { Parameters } from '../metric.js';
import type { Bucket } from '../window.js';

/** The first and the last instant of all buckets, as parameters. */
export function outerBounds(buckets: readonly Bucket[], parameters: Parameters): { from: string; to: string } {
  const bound = (ms: number) => `${parameters.add(new Date(ms).toISOString())}::timestamptz`;
  return {
    from: bound(Math.min(...buckets.map(({ fromAt }) => fromAt.epochMilliseconds))),
    to: bound(Math.max(...buckets.map(({ toAt }) => toAt.epochMilliseconds))),
  };
}
