/** A whole number of 32 bits as PostgreSQL sends it. Quicker than the call of `Buffer`, which checks what is known here. */
export function int32(from: Buffer, at: number): number {
  return ((from[at] ?? 0) << 24) | ((from[at + 1] ?? 0) << 16) | ((from[at + 2] ?? 0) << 8) | (from[at + 3] ?? 0);
}
