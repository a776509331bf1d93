/** Microseconds since 1970 as `2026-03-09T08:00:00.000000Z`, the same in every kind of file. */
export function isoInstant(microseconds: bigint): string {
  const micros = ((microseconds % 1_000n) + 1_000n) % 1_000n;
  const millis = Number((microseconds - micros) / 1_000n);
  return new Date(millis).toISOString().replace('Z', `${String(micros).padStart(3, '0')}Z`);
}

/** Days since 1970 as `2026-03-09`. */
export function isoDay(days: number): string {
  return new Date(days * 86_400_000).toISOString().replace('T00:00:00.000Z', '');
}
