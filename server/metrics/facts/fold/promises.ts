import { wholeSeconds } from './business-time.js';
import type { Life } from './cycles.js';
import type { Instant, StoryEvent } from './story.js';

/** A date that stands, or the time after one was taken back. */
export interface ChainLink {
  /** Place in the story from which it stands, and of the next link; null for the last. */
  from: number;
  to: number | null;
  saidAt: Instant;
  nextAt: Instant | null;
  /** Null: taken back. */
  dueAt: Instant | null;
  askedByCustomer: boolean;
}

/**
 * The dates given to the customer, in turn, while the item lives. Equal dates in a row are one; a date that stood shorter
 * than the connection's correction drops out and the next takes its place from the earlier moment; so does a taking back.
 */
export function foldChain(story: readonly StoryEvent[], correction: number, life: Life): ChainLink[] {
  const standing = standingDates(story, Math.max(life.createdAt, life.endedAt));
  const chain: ChainLink[] = [];
  let dropped: ChainLink | null = null;
  for (const [n, date] of standing.entries()) {
    const next = standing[n + 1];
    if (next !== undefined && next.saidAt - date.saidAt < correction) {
      dropped ??= date;
      continue;
    }
    const link: ChainLink = { ...date, from: dropped?.from ?? date.from, saidAt: dropped?.saidAt ?? date.saidAt };
    dropped = null;
    const before = chain.at(-1);
    if (link.dueAt === (before?.dueAt ?? null)) continue;
    if (before !== undefined) {
      before.to = link.from;
      before.nextAt = link.saidAt;
    }
    chain.push(link);
  }
  return chain;
}

function standingDates(story: readonly StoryEvent[], until: Instant): ChainLink[] {
  const standing: ChainLink[] = [];
  let dueAt: Instant | null = null;
  for (let n = 0; n < story.length; n++) {
    const event = story[n];
    if (event === undefined || event.at > until) break;
    if (event.kind !== 'promised' || event.dueAt === dueAt) continue;
    dueAt = event.dueAt;
    standing.push({ from: n, to: null, saidAt: event.at, nextAt: null, dueAt, askedByCustomer: event.askedByCustomer });
  }
  return standing;
}

export interface GivenPromise {
  saidAt: Instant;
  dueAt: Instant;
  /** Replaced, taken back, or the end of the item. */
  untilAt: Instant;
  movedSeconds: number | null;
  isAfterDue: boolean | null;
  askedByCustomer: boolean;
}

export function foldPromises(chain: readonly ChainLink[], life: Life): GivenPromise[] {
  const promises: GivenPromise[] = [];
  for (const { saidAt, dueAt, nextAt, askedByCustomer } of chain) {
    if (dueAt === null) continue;
    const before = promises.at(-1)?.dueAt ?? dueAt;
    const isMoved = dueAt !== before;
    promises.push({
      saidAt,
      dueAt,
      untilAt: nextAt ?? Math.max(saidAt, life.endedAt),
      movedSeconds: isMoved ? wholeSeconds(before, dueAt) : null,
      isAfterDue: isMoved ? saidAt > before : null,
      askedByCustomer,
    });
  }
  return promises;
}
