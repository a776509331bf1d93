/** The release of each line of PostgreSQL that repairs CVE-2026-6460 and what came before it. */
const floors: Record<number, number> = { 14: 25, 15: 20, 16: 16, 17: 12, 18: 7 };

/** The version a server should have, such as `18.7`; null where it has it, or is of a later line. `number`: `server_version_num`, 180004 is 18.4. */
export function floorAbove(number: number): string | null {
  const major = Math.floor(number / 10_000);
  const minor = floors[major];
  return minor === undefined || number % 10_000 >= minor ? null : `${major}.${minor}`;
}
