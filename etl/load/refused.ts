/** A failure PostgreSQL blames on the data, not on the statement or the connection. */
export type DataError = Error & { code: string };

/** SQLSTATE classes: data exception, integrity violation, limit exceeded. */
export function isDataError(error: unknown): error is DataError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^(22|23|54)...$/.test(error.code);
}

/** Halves a list until everything that fails stands alone. `attempt` tries a part and keeps nothing of it. */
export async function findFailing<T>(
  part: readonly T[],
  error: DataError,
  attempt: (part: readonly T[]) => Promise<DataError | null>,
): Promise<{ failing: T; error: DataError }[]> {
  const [only] = part;
  if (only === undefined) return [];
  if (part.length === 1) return [{ failing: only, error }];
  const middle = Math.ceil(part.length / 2);
  const found: { failing: T; error: DataError }[] = [];
  for (const half of [part.slice(0, middle), part.slice(middle)]) {
    const failed = await attempt(half);
    if (failed) found.push(...(await findFailing(half, failed, attempt)));
  }
  return found;
}
