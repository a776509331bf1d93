import type { Id } from '../copy/ids.js';
import { type Piece, isOurs } from './pieces.js';
import type { Instant } from './story.js';
import type { Word } from './words.js';

export interface Delay {
  cycle: number;
  fromAt: Instant;
  toAt: Instant;
  team: Id | null;
  isLate: boolean;
  isSilent: boolean;
  isExplained: boolean;
}

/**
 * Parts of the open time that are late or over-silent, cut where the last explanation runs out. A piece begins anew at every
 * public word of ours, so an explanation can only end within one.
 */
export function foldDelays(pieces: readonly Piece[], words: readonly Word[], updateInterval: number): Delay[] {
  const delays: Delay[] = [];
  let explained: readonly Instant[] | null = null;
  for (const piece of pieces) {
    const isSilent = isOurs(piece.court) && !piece.isFresh;
    if (!piece.isDuePast && !isSilent) continue;
    explained ??= explainedUntil(words, updateInterval);
    const splitAt = Math.max(piece.fromAt, Math.min(piece.toAt, explained[piece.words] ?? -Infinity));
    if (splitAt > piece.fromAt) add(delays, piece, isSilent, true, piece.fromAt, splitAt);
    if (splitAt < piece.toAt) add(delays, piece, isSilent, false, splitAt, piece.toAt);
  }
  return delays;
}

/**
 * Until when the first words of ours explain a delay, by how many there are. A first date explains nothing: it is what the
 * delay is measured by, and no reason to be silent until then.
 */
function explainedUntil(words: readonly Word[], updateInterval: number): Instant[] {
  const until = [-Infinity];
  for (const { event, dueAt, isNewDate, givesDate, remark } of words) {
    if (!event.isWord) continue;
    const isDated = isNewDate && dueAt !== null && dueAt > event.at;
    const told = isDated ? dueAt : givesDate || remark?.givesReason === true ? event.at + updateInterval : -Infinity;
    until.push(Math.max(until.at(-1) ?? -Infinity, told));
  }
  return until;
}

function add(
  delays: Delay[],
  { cycle, team, isDuePast }: Piece,
  isSilent: boolean,
  isExplained: boolean,
  fromAt: Instant,
  toAt: Instant,
): void {
  const before = delays.at(-1);
  const goesOn =
    before !== undefined &&
    before.cycle === cycle &&
    before.toAt === fromAt &&
    before.team === team &&
    before.isLate === isDuePast &&
    before.isSilent === isSilent &&
    before.isExplained === isExplained;
  if (goesOn) before.toAt = toAt;
  else delays.push({ cycle, fromAt, toAt, team, isLate: isDuePast, isSilent, isExplained });
}
