/** What a row is sorted by; null: it has nothing of the kind. */
export type SortKey = string | number | null;

/** Rows in the order of their keys, those without one last either way. Equals stay in order. */
export function orderOf(keys: readonly SortKey[], isDescending: boolean, compareTexts: (one: string, other: string) => number): number[] {
  const way = isDescending ? -1 : 1;
  return [...keys.keys()].sort((one, other) => {
    const [a, b] = [keys[one] ?? null, keys[other] ?? null];
    if (a === null || b === null) return a === b ? one - other : a === null ? 1 : -1;
    const difference = typeof a === 'number' && typeof b === 'number' ? Math.sign(a - b) : compareTexts(String(a), String(b));
    return difference * way || one - other;
  });
}
