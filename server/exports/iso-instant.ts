/** Microseconds since 1970 as `2026-03-09T08:00:00.000000Z`, the same in every kind of file. */
export function isoInstant(microseconds: string): string {
  const value = BigInt(microseconds);
  const micros = ((value % 1_000n) + 1_000n) % 1_000n;
  const millis = Number((value - micros) / 1_000n);
  return new Date(millis).toISOString().replace('Z', `${String(micros).padStart(3, '0')}Z`);
}
