/** Whether an error bears one of these codes: a SQLSTATE of PostgreSQL, or a name of the system such as ENOENT. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.some((code) => error.code === code);
}

/** What was asked was broken off, because nobody wanted it any more. */
export function isAborted(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** PostgreSQL refused a row because another one has its key. */
export function isUniqueViolation(error: unknown): boolean {
  return hasCode(error, '23505');
}

/** The words of what was thrown, which need not be an error. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
