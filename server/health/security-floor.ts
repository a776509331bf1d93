/**
 * The lowest release of each supported version of PostgreSQL that has the repair of CVE-2026-6460, which is the latest that lets a reader
 * of SQL harm the server. Raise it with the releases: https://www.postgresql.org/support/security/
 */
const floors: Record<number, number> = { 15: 20, 16: 16, 17: 12, 18: 7 };

/** The release that a server should be at least, such as `18.7`; null: it is. `server`: as `server_version` tells it. */
export function missingSecurityRelease(server: string): string | null {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(server) ?? [];
  const floor = floors[Number(major)];
  return floor === undefined || Number(minor) >= floor ? null : `${major}.${floor}`;
}
