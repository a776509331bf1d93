import { resetMs } from './retry-after.js';

/** What a tool says of its limit: how many requests a window allows, how many are left, and when it ends (milliseconds from now). */
export interface Quota {
  limit: number;
  remaining: number;
  endsInMs: number;
}

const pairs: readonly (readonly [limit: string, remaining: string])[] = [
  ['x-ratelimit-limit', 'x-ratelimit-remaining'],
  ['x-rate-limit', 'x-rate-limit-remaining'],
  ['x-rate-limit-limit', 'x-rate-limit-remaining'],
  ['ratelimit-limit', 'ratelimit-remaining'],
  ['rate-limit', 'rate-limit-remaining'],
  ['x-ratelimit-requests-limit', 'x-ratelimit-requests-remaining'],
  ['x-ratelimit-total', 'x-ratelimit-remaining'],
  ['x-hubspot-ratelimit-max', 'x-hubspot-ratelimit-remaining'],
  ['x-rate-limit-api-token-max', 'x-rate-limit-api-token-remaining'],
];

/** Where a tool tells no end of its window. */
const usualWindowMs = 60_000;

/** The tightest quota an answer advertises; null where it advertises none. */
export function advertisedQuota(headers: Headers, sourceNow: number): Quota | null {
  const found: Quota[] = [];
  const endsInMs = Math.max(0, resetMs(headers, sourceNow) ?? usualWindowMs);
  for (const [limitName, remainingName] of pairs) {
    const limit = Number.parseInt(headers.get(limitName) ?? '', 10);
    const remaining = Number.parseInt(headers.get(remainingName) ?? '', 10);
    if (limit > 0 && remaining >= 0) found.push({ limit, remaining, endsInMs });
  }
  for (const [name, value] of headers) if (/ratelimit/.test(name)) found.push(...listed(value));
  const [first, ...rest] = found;
  return first ? rest.reduce((a, b) => (b.remaining / b.limit < a.remaining / a.limit ? b : a), first) : null;
}

/** `total=10; remaining=9; resets=60`, one or several. */
function listed(value: string): Quota[] {
  return [...value.matchAll(/total=(\d+)\s*;\s*remaining=(\d+)\s*;\s*resets=(\d+)/g)].map(([, total, remaining, resets]) => ({
    limit: Number(total),
    remaining: Number(remaining),
    endsInMs: Number(resets) * 1_000,
  }));
}
