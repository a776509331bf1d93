import type { Id } from '../copy/ids.js';
import type { ItemTold } from './item-told.js';
import { type Instant, type StoryEvent, isClosing } from './story.js';

/**
 * When an item opened and closed. A cycle ends where a status first says done or cancelled and the next one starts where
 * a later status says otherwise; an unmapped status does neither. Two closing statuses in a row are one end, the first decides.
 *
 * An explicit finish ends the item whatever the statuses say: time after it is cut off, and where it comes after the
 * last closing status, the time up to it is open and stays in the court it was in. Earlier cycles keep their own ends.
 */
export interface Turning {
  /** Null where the first cycle begins with the item. */
  openedAt: Instant | null;
  closedAt: Instant | null;
  closedAs: 'done' | 'cancelled' | null;
  reopenedAt: Instant | null;
  /** The team that had it when the cycle ended, or has it at last. */
  team: Id | null;
}

export function foldTurnings(story: readonly StoryEvent[]): Turning[] {
  let turning: Turning = { openedAt: null, closedAt: null, closedAs: null, reopenedAt: null, team: null };
  const turnings = [turning];
  for (const { at, meaning, teamNow } of story) {
    if (meaning === null || meaning === 'unmapped') continue;
    if (isClosing(meaning)) {
      if (turning.closedAs !== null) continue;
      turning.closedAt = at;
      turning.closedAs = meaning;
      turning.team = teamNow;
    } else if (turning.closedAs !== null) {
      turning.reopenedAt = at;
      turning = { openedAt: at, closedAt: null, closedAs: null, reopenedAt: null, team: null };
      turnings.push(turning);
    }
  }
  if (turning.closedAs === null) turning.team = story.at(-1)?.teamNow ?? null;
  return turnings;
}

/** Beginning and end of an item. */
export interface Life {
  outcome: 'open' | 'done' | 'cancelled' | 'unknown';
  createdAt: Instant;
  startedAt: Instant | null;
  finishedAt: Instant | null;
  /** Infinity while it is open. */
  endedAt: Instant;
  /** Has an end that is not before its beginning. */
  isClosed: boolean;
}

export function foldLife(item: ItemTold, story: readonly StoryEvent[], turnings: readonly Turning[]): Life {
  const last = turnings.at(-1);
  const createdAt = item.createdAt ?? story.find((event) => event.kind === 'created')?.at ?? story[0]?.at ?? item.asOfAt;
  const activeAt = item.startedAt ?? story.find((event) => event.court === 'ours_active')?.at ?? null;
  const outcome = outcomeOf(item, last?.closedAs ?? null);
  const endedAt = outcome === 'open' ? Infinity : (item.finishedAt ?? last?.closedAt ?? Infinity);
  return {
    outcome,
    createdAt,
    startedAt: activeAt !== null && activeAt <= endedAt && createdAt <= endedAt ? Math.max(activeAt, createdAt) : null,
    finishedAt: outcome === 'done' ? endedAt : null,
    endedAt,
    isClosed: Number.isFinite(endedAt) && endedAt >= createdAt,
  };
}

function outcomeOf(item: ItemTold, closedAs: 'done' | 'cancelled' | null): Life['outcome'] {
  if (closedAs === 'cancelled') return 'cancelled';
  if (item.finishedAt !== null) return 'done';
  if (closedAs === null) return 'open';
  return item.finishIsExplicit ? 'unknown' : 'done';
}

export interface Cycle {
  openedAt: Instant;
  /** Done, as told by the status or, in the last cycle, by the explicit finish. */
  resolvedAt: Instant | null;
  reopenedAt: Instant | null;
  team: Id | null;
  /** Its open time within the life of the item; empty where `fromAt >= toAt`. */
  fromAt: Instant;
  toAt: Instant;
}

export function foldCycles({ finishedAt }: ItemTold, life: Life, turnings: readonly Turning[]): Cycle[] {
  return turnings.map((turning): Cycle => {
    const openedAt = turning.openedAt ?? life.createdAt;
    const isLast = turning.reopenedAt === null;
    const isFinishedHere = isLast && life.outcome === 'done' && finishedAt !== null && finishedAt >= openedAt;
    return {
      openedAt,
      resolvedAt: isFinishedHere ? finishedAt : turning.closedAs === 'done' ? turning.closedAt : null,
      reopenedAt: turning.closedAs === 'done' ? turning.reopenedAt : null,
      team: turning.team,
      fromAt: Math.max(openedAt, life.createdAt),
      toAt: isLast ? (finishedAt ?? turning.closedAt ?? Infinity) : Math.min(turning.closedAt ?? Infinity, finishedAt ?? Infinity),
    };
  });
}
