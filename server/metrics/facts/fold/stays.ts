import { type Id, nobody } from '../copy/ids.js';
import type { Instant, StoryEvent } from './story.js';

export type Level = 'team' | 'person';

export interface Stay {
  /** Null: nobody had it. */
  owner: Id | null;
  /** Place in the story of the event that began it. */
  from: number;
  fromAt: Instant;
  /** Place of the event that ended it; null for the last stay, whose `toAt` is the end of the item. */
  to: number | null;
  toAt: Instant;
}

/**
 * Who had the item. Equal neighbours are one stay; a stay shorter than the connection's correction, with an owner or with
 * nobody, drops out and the one before it goes on; the last stay never does.
 */
export function foldStays(story: readonly StoryEvent[], level: Level, correction: number, endedAt: Instant): Stay[] {
  const stays: Stay[] = [];
  let owner: Id | null = null;
  let from = -1;
  const settle = (to: number | null): void => {
    if (owner === null) return;
    const fromAt = story[from]?.at ?? 0;
    const nextAt = to === null ? Infinity : (story[to]?.at ?? 0);
    if (to !== null && nextAt - fromAt < correction) return;
    const held = owner === nobody ? null : owner;
    const before = stays.at(-1);
    if (before?.owner === held) return;
    if (before !== undefined) {
      before.to = from;
      before.toAt = fromAt;
    }
    stays.push({ owner: held, from, fromAt, to: null, toAt: Math.max(fromAt, endedAt) });
  };
  for (let n = 0; n < story.length; n++) {
    const told = story[n]?.[level] ?? null;
    if (told === null || told === owner) continue;
    settle(n);
    owner = told;
    from = n;
  }
  settle(null);
  return stays;
}

/** The last of those who had it. */
export function lastOwner(stays: readonly Stay[]): Id | null {
  return stays.findLast((stay) => stay.owner !== null)?.owner ?? null;
}
