import { z } from 'zod';

/**
 * A list of labels in a config. What ends in a colon or a slash is how they begin, as in `status: waiting`; anything else is a whole label.
 */
export const labelList = (usual: string[]) => z.array(z.string().min(1)).default(usual);

/** What the first of the labels that is one of `wanted` says: what follows its beginning, or all of it. Case is not looked at. */
export function labelled(labels: Iterable<string>, wanted: readonly string[]): string | undefined {
  for (const label of labels) {
    for (const each of wanted) {
      const isBeginning = /[:/]$/.test(each);
      const value = label.slice(isBeginning ? each.length : 0).trim();
      const compared = isBeginning ? label.slice(0, each.length) : label;
      if (value !== '' && compared.toLowerCase() === each.toLowerCase()) return value;
    }
  }
  return undefined;
}

/** What a set began with, by what was added and taken away: what was taken away first, and what is there without having been added. */
export function initialSet<K>(now: readonly K[], steps: readonly { key: K; isAdded: boolean }[]): K[] {
  const first = new Map<K, boolean>();
  for (const { key, isAdded } of steps) if (!first.has(key)) first.set(key, isAdded);
  const taken = [...first].filter(([, isAdded]) => !isAdded).map(([key]) => key);
  return [...new Set([...taken, ...now.filter((key) => !first.has(key))])];
}
