/** One change of an attribute as a tool's log tells it; null: nothing. */
export interface ValueChange {
  from: string | null;
  to: string | null;
}

/** What an attribute began with: tools keep only what it has now, so the log is walked back. Undefined where neither says. */
export function initialValue<T extends string | null | undefined>(changes: readonly ValueChange[], current: T): string | null | T {
  const [first] = changes;
  return first ? first.from : current;
}

/**
 * Whether each change begins where the one before ended and the last ends in what the attribute has now. Where not, something
 * changed it without the log: hidden or removed entries, a plug-in, an import.
 */
export function isUnbroken(changes: readonly ValueChange[], current: string | null | undefined): boolean {
  const ends = [...changes.slice(1).map(({ from }) => from), ...(current === undefined ? [] : [current])];
  return ends.every((next, index) => changes.length === 0 || changes[index]?.to === next);
}
