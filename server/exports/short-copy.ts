/** Up to so many bytes a loop is quicker than the call that copies. */
const shortBytes = 64;

/** Copies bytes from `start` to `end`; there must be room. */
export function copyBytes(from: Buffer, start: number, end: number, to: Buffer, at: number): void {
  if (end - start > shortBytes) from.copy(to, at, start, end);
  else for (let next = start; next < end; next += 1) to[at + next - start] = from[next] ?? 0;
}
