/** Whether an error bears one of these codes: a SQLSTATE of PostgreSQL, or a name of the system such as ENOENT. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.some((code) => error.code === code);
}

/** PostgreSQL refused a row because another one has its key. */
export function isUniqueViolation(error: unknown): boolean {
  return hasCode(error, '23505');
}
