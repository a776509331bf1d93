import type { Id } from '../copy/ids.js';
import type { Remark } from '../texts.js';
import type { BusinessTime } from './business-time.js';
import { type Cycle, type Life, foldCycles, foldLife, foldTurnings } from './cycles.js';
import { type Delay, foldDelays } from './delays.js';
import { type Handoff, foldHandoffs } from './handoffs.js';
import type { ItemTold } from './item-told.js';
import { type Piece, foldPieces } from './pieces.js';
import { type GivenPromise, foldChain, foldPromises } from './promises.js';
import { type Stay, foldStays, lastOwner } from './stays.js';
import type { StoryEvent } from './story.js';
import { type Turn, foldTurns } from './turns.js';
import { type HandoffWords, type Word, foldHandoffWords, foldWords } from './words.js';

/** All facts of one item. */
export interface ItemFacts {
  item: ItemTold;
  story: readonly StoryEvent[];
  life: Life;
  cycles: Cycle[];
  pieces: Piece[];
  teamStays: Stay[];
  personStays: Stay[];
  handoffs: Handoff[];
  promises: GivenPromise[];
  turns: Turn[];
  words: Word[];
  handoffWords: HandoffWords[];
  delays: Delay[];
  leadSeconds: number | null;
  cycleSeconds: number | null;
  firstResponse: { at: number; businessSeconds: number | null } | null;
}

/**
 * The facts of an item out of its story, which is in order and carried forward. No clock is read: an open end is infinity.
 * `remarkOf` tells what a message says.
 */
export function foldItem(
  item: ItemTold,
  story: readonly StoryEvent[],
  time: BusinessTime,
  remarkOf: (event: StoryEvent, place: number) => Remark | null,
): ItemFacts {
  const { source } = item;
  const turnings = foldTurnings(story);
  const life = foldLife(item, story, turnings);
  const cycles = foldCycles(item, life, turnings);
  const teamStays = foldStays(story, 'team', source.ownerCorrection, life.endedAt);
  const personStays = foldStays(story, 'person', source.ownerCorrection, life.endedAt);
  const namesAgents = story.some((event) => event.role === 'agent' && event.actor !== null);
  const circumstances = { story, life, source, namesAgents, time };
  const handoffs = [...foldHandoffs('team', teamStays, circumstances), ...foldHandoffs('person', personStays, circumstances)];
  const chain = foldChain(story, source.dueCorrection, life);
  const promises = foldPromises(chain, life);
  const pieces = foldPieces(story, cycles, chain, life.createdAt, source.updateInterval);
  const words = foldWords(story, promises, remarkOf);
  const isDone = life.outcome === 'done' && life.isClosed;
  const worked = (from: number): number | null => workedSeconds(teamStays, time, source.defaultCalendar, from, life.endedAt);
  const response = story.find((event) => event.isWord && event.at >= life.createdAt);
  return {
    item,
    story,
    life,
    cycles,
    pieces,
    teamStays,
    personStays,
    handoffs,
    promises,
    turns: foldTurns(story, life.endedAt, lastOwner(teamStays), time, source.defaultCalendar),
    words,
    handoffWords: foldHandoffWords(words, handoffs, namesAgents),
    delays: foldDelays(pieces, words, source.updateInterval),
    leadSeconds: isDone ? worked(life.createdAt) : null,
    cycleSeconds: isDone && life.startedAt !== null ? worked(life.startedAt) : null,
    firstResponse: response
      ? { at: response.at, businessSeconds: time.seconds(response.teamNow, source.defaultCalendar, life.createdAt, response.at) }
      : null,
  };
}

/** Each second by the calendar of the team that had it, the default calendar while none had it; null where one part is. */
function workedSeconds(stays: readonly Stay[], time: BusinessTime, calendar: Id | null, from: number, to: number): number | null {
  let sum: number | null = 0;
  const add = (team: Id | null, partFrom: number, partTo: number): void => {
    if (sum === null || partFrom >= partTo) return;
    const seconds = time.seconds(team, calendar, partFrom, partTo);
    sum = seconds === null ? null : sum + seconds;
  };
  add(null, from, Math.min(stays[0]?.fromAt ?? Infinity, to));
  for (const stay of stays) add(stay.owner, Math.max(stay.fromAt, from), Math.min(stay.toAt, to));
  return sum;
}
