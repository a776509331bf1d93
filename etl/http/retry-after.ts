const second = 1_000;
const shortestMs = second;
const longestMs = 3_600 * second;

/**
 * Headers that say when to come back, the more binding first. Values: seconds, an HTTP or ISO date, an epoch in seconds or milliseconds.
 */
const resetHeaders = [
  'x-ratelimit-reset',
  'x-rate-limit-reset',
  'ratelimit-reset',
  'rate-limit-reset',
  'x-ratelimit-requests-reset',
  'x-ratelimit-complexity-reset',
  'x-retry-after',
];

/** Header values that give a whole window in milliseconds. */
const intervalHeaders = ['x-hubspot-ratelimit-interval-milliseconds', 'x-rate-limit-api-token-interval-ms'];

/**
 * How long a tool asks us to wait, in milliseconds, held within one second and one hour; null where it says nothing that
 * can be read. `sourceNow` is the tool's own clock: dates are read against it, so that a wrong clock of ours does no harm.
 */
export function retryAfterMs(headers: Headers, sourceNow: number): number | null {
  const direct = headers.get('retry-after');
  if (direct !== null) {
    const wait = waitOf(direct, sourceNow, false);
    if (wait !== null) return clamp(wait);
  }
  const reset = resetMs(headers, sourceNow);
  return reset === null ? null : clamp(reset);
}

/** Milliseconds until the advertised window ends, unclamped; null where none is advertised. */
export function resetMs(headers: Headers, sourceNow: number): number | null {
  for (const name of resetHeaders) {
    const value = headers.get(name);
    const wait = value === null ? null : waitOf(value, sourceNow, true);
    if (wait !== null) return wait;
  }
  for (const name of intervalHeaders) {
    const value = Number(headers.get(name) ?? 'none');
    if (Number.isFinite(value)) return value;
  }
  return null;
}

/** Numbers from here on are moments, not spans: seconds since 1970 from 2001 on. Below 1e11 in seconds, above in milliseconds. */
const firstEpochSeconds = 1e9;
const firstEpochMs = 1e11;

function waitOf(text: string, sourceNow: number, mayBeEpoch: boolean): number | null {
  const value = text.trim();
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e\d+)?$/i.test(value)) {
    const number = Number(value);
    if (!mayBeEpoch || number < firstEpochSeconds) return number * second;
    return (number < firstEpochMs ? number * second : number) - sourceNow;
  }
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : date - sourceNow;
}

function clamp(wait: number): number {
  return Math.min(longestMs, Math.max(shortestMs, wait));
}
