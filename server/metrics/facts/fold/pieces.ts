import type { Court } from '#etl/connector.js';
import type { Id } from '../copy/ids.js';
import { wholeSeconds } from './business-time.js';
import type { Cycle } from './cycles.js';
import type { ChainLink } from './promises.js';
import type { Instant, StoryEvent } from './story.js';

/** A part of the open time in which nothing changes. */
export interface Piece {
  /** Its cycle, from 0. */
  cycle: number;
  /** How many public words of ours there were; the pieces between two words are one silence. */
  words: number;
  fromAt: Instant;
  toAt: Instant;
  /** Null while it lasts. */
  seconds: number | null;
  court: Court;
  team: Id | null;
  person: Id | null;
  isDuePast: boolean;
  hasNextStep: boolean;
  isFresh: boolean;
  isUnmapped: boolean;
}

interface Stand {
  at: Instant;
  court: Court;
  isUnmapped: boolean;
  team: Id | null;
  person: Id | null;
  words: number;
  dueAt: Instant | null;
  /** When the promised interval after the last word of ours, or after the creation, runs out. */
  staleAt: Instant;
}

/**
 * The open time of an item, cut at every event that tells a state, says a word or gives a date, and at the two moments
 * that need no event: a due date passing and the promised interval after the last word running out. Before any status an
 * item waits with us.
 */
export function foldPieces(
  story: readonly StoryEvent[],
  cycles: readonly Cycle[],
  chain: readonly ChainLink[],
  createdAt: Instant,
  updateInterval: number,
): Piece[] {
  const pieces: Piece[] = [];
  const stands = foldStands(story, chain, createdAt, updateInterval);
  let first = 0;
  for (const [n, cycle] of cycles.entries()) {
    if (cycle.fromAt >= cycle.toAt) continue;
    while ((stands[first + 1]?.at ?? Infinity) <= cycle.fromAt) first++;
    for (let at = first; at < stands.length; at++) {
      const stand = stands[at];
      if (stand === undefined || stand.at >= cycle.toAt) break;
      const from = Math.max(stand.at, cycle.fromAt);
      const to = Math.min(stands[at + 1]?.at ?? Infinity, cycle.toAt);
      if (from >= to) continue;
      const dueAt = stand.dueAt ?? Infinity;
      const firstAt = Math.max(from, Math.min(to, dueAt, stand.staleAt));
      const secondAt = Math.max(from, Math.min(to, Math.max(dueAt, stand.staleAt)));
      if (from < firstAt) pieces.push(pieceOf(stand, n, from, firstAt));
      if (firstAt < secondAt) pieces.push(pieceOf(stand, n, firstAt, secondAt));
      if (secondAt < to) pieces.push(pieceOf(stand, n, secondAt, to));
    }
  }
  return pieces;
}

function foldStands(story: readonly StoryEvent[], chain: readonly ChainLink[], createdAt: Instant, updateInterval: number): Stand[] {
  let words = 0;
  let staleAt = createdAt + updateInterval;
  let link = -1;
  const stands: Stand[] = [
    { at: -Infinity, court: 'ours_waiting', isUnmapped: false, team: null, person: null, words, dueAt: null, staleAt },
  ];
  for (let n = 0; n < story.length; n++) {
    const event = story[n];
    if (event === undefined || !(event.isStateTold || event.isWord || event.kind === 'promised')) continue;
    if (event.isWord) {
      words++;
      staleAt = Math.max(event.at, createdAt) + updateInterval;
    }
    while ((chain[link + 1]?.from ?? Infinity) <= n) link++;
    stands.push({
      at: event.at,
      court: event.court,
      isUnmapped: event.isUnmapped,
      team: event.teamNow,
      person: event.personNow,
      words,
      dueAt: chain[link]?.dueAt ?? null,
      staleAt,
    });
  }
  return stands;
}

function pieceOf(stand: Stand, cycle: number, fromAt: Instant, toAt: Instant): Piece {
  const { dueAt } = stand;
  return {
    cycle,
    words: stand.words,
    fromAt,
    toAt,
    seconds: toAt === Infinity ? null : wholeSeconds(fromAt, toAt),
    court: stand.court,
    team: stand.team,
    person: stand.person,
    isDuePast: dueAt !== null && fromAt >= dueAt,
    hasNextStep: dueAt !== null && fromAt < dueAt,
    isFresh: fromAt < stand.staleAt,
    isUnmapped: stand.isUnmapped,
  };
}

export function isOurs(court: Court): boolean {
  return court === 'ours_active' || court === 'ours_waiting';
}

/** Whether the first is the state of the second: two such pieces side by side are one interval. */
export function isSameState(one: Piece, other: Piece): boolean {
  return (
    one.cycle === other.cycle &&
    one.court === other.court &&
    one.team === other.team &&
    one.person === other.person &&
    one.isDuePast === other.isDuePast &&
    one.hasNextStep === other.hasNextStep &&
    one.isFresh === other.isFresh &&
    one.isUnmapped === other.isUnmapped
  );
}

export interface Silence {
  fromAt: Instant;
  toAt: Instant;
  oursSeconds: number;
  /** The team that had it when the silence ended, or has it now. */
  team: Id | null;
}

/** From one public word of ours, or the beginning of the cycle, to the next or to the end of the cycle. */
export function foldSilences(pieces: readonly Piece[]): Silence[] {
  const silences: Silence[] = [];
  let before: Piece | null = null;
  for (const piece of pieces) {
    let silence = silences.at(-1);
    if (silence === undefined || before?.cycle !== piece.cycle || before.words !== piece.words) {
      silence = { fromAt: piece.fromAt, toAt: piece.toAt, oursSeconds: 0, team: null };
      silences.push(silence);
    }
    silence.toAt = piece.toAt;
    silence.team = piece.team;
    if (isOurs(piece.court)) silence.oursSeconds += piece.seconds ?? 0;
    before = piece;
  }
  return silences;
}
