import type { Id } from '../copy/ids.js';
import type { BusinessTime } from './business-time.js';
import type { Life } from './cycles.js';
import type { Source } from './item-told.js';
import type { Level, Stay } from './stays.js';
import type { Instant, StoryEvent } from './story.js';

export interface Handoff {
  level: Level;
  n: number;
  /** When the sender let go. */
  leftAt: Instant;
  at: Instant;
  fromId: Id;
  toId: Id;
  returns: 'direct' | 'indirect' | null;
  actedAt: Instant | null;
  untilAt: Instant;
  waitBusinessSeconds: number | null;
  hasNote: boolean | null;
  /** Places in the story: where the receiver got it and let go, where the sender had got it. */
  from: number;
  to: number | null;
  senderFrom: number;
  /** The persons: who handed it over, whom that event gave it to, who had it before and who then. */
  actor: Id | null;
  person: Id | null;
  sender: Id | null;
  receiver: Id | null;
}

interface Circumstances {
  story: readonly StoryEvent[];
  life: Life;
  source: Source;
  /** Some event of the item names an agent. */
  namesAgents: boolean;
  time: BusinessTime;
}

/** Changes from one owner to another; a time with nobody in between belongs to the change, the first owner is none. */
export function foldHandoffs(level: Level, stays: readonly Stay[], circumstances: Circumstances): Handoff[] {
  if (stays.length < 2) return [];
  const { story, life, source, time } = circumstances;
  const handoffs: Handoff[] = [];
  const owners: Id[] = [];
  let sender: Stay | null = null;
  for (const stay of stays) {
    if (stay.owner === null) continue;
    const event = story[stay.from];
    if (sender !== null && sender.owner !== null && event !== undefined && stay.owner !== sender.owner) {
      const handoff: Handoff = {
        level,
        n: owners.length,
        leftAt: sender.toAt,
        at: stay.fromAt,
        fromId: sender.owner,
        toId: stay.owner,
        returns: owners.at(-2) === stay.owner ? 'direct' : owners.includes(stay.owner) ? 'indirect' : null,
        actedAt: null,
        untilAt: Math.max(stay.fromAt, Math.min(stay.toAt, life.endedAt)),
        waitBusinessSeconds: null,
        hasNote: null,
        from: stay.from,
        to: stay.to,
        senderFrom: sender.from,
        actor: event.actor,
        person: event.person,
        sender: level === 'person' ? sender.owner : event.personBefore,
        receiver: level === 'person' ? stay.owner : event.personNow,
      };
      handoff.actedAt = firstAct(handoff, circumstances);
      const team = level === 'team' ? handoff.toId : event.teamNow;
      handoff.waitBusinessSeconds = time.seconds(team, source.defaultCalendar, handoff.at, handoff.actedAt ?? handoff.untilAt);
      if (source.tellsNotes) handoff.hasNote = hasNote(handoff, story);
      handoffs.push(handoff);
    }
    if (owners.at(-1) !== stay.owner) owners.push(stay.owner);
    sender = stay;
  }
  return handoffs;
}

/**
 * The receiver's first own act, while having the item and before its end:
 * - a person: the first event by that person, the handoff itself included (taking it oneself is no wait). Where no event
 *   of the item names an agent: the next status change or human word of ours.
 * - a team: the handoff itself where the person who did it is the person who then has it; else the next event, not by a
 *   customer or a system, that changes the status to anything but waiting, gives it to a person, says a human word of
 *   ours, or comes from an agent; words and acts of the sender and of whoever handed it over are not the receiver's.
 */
function firstAct(handoff: Handoff, { story, life, namesAgents }: Circumstances): Instant | null {
  const last = handoff.to ?? story.length - 1;
  for (let n = handoff.from; n <= last; n++) {
    const event = story[n];
    if (event === undefined || event.at > life.endedAt) return null;
    if (isAct(event, n, handoff, namesAgents)) return event.at;
  }
  return null;
}

function isAct(event: StoryEvent, n: number, handoff: Handoff, namesAgents: boolean): boolean {
  if (handoff.level === 'person' && namesAgents) return event.actor === handoff.toId;
  if (n === handoff.from) return handoff.level === 'team' && handoff.actor !== null && handoff.actor === handoff.person;
  if (n === handoff.to || event.role === 'customer' || event.role === 'system') return false;
  if (handoff.level === 'person') return event.isStatusChange || event.isOurs;
  if (event.isStatusChange && event.meaning !== 'ours_waiting' && event.meaning !== 'unmapped') return true;
  if (event.personNow !== null && event.personNow !== event.personBefore) return true;
  if (event.actor === null) return event.isOurs;
  return (event.isOurs || event.role === 'agent') && event.actor !== handoff.actor && event.actor !== handoff.sender;
}

const minutes = 60_000_000;
const noteBefore = 30 * minutes;
const noteAfter = 5 * minutes;

/**
 * A note by the sender: an internal message or a note from 30 minutes before to 5 minutes after, not before the sender had
 * it; up to the handoff by anyone but the receiver, later only by the sender or whoever handed it over.
 */
function hasNote(handoff: Handoff, story: readonly StoryEvent[]): boolean {
  for (let n = handoff.from; n >= handoff.senderFrom; n--) {
    const event = story[n];
    if (event === undefined || event.at < handoff.at - noteBefore) break;
    if (event.isNote && (event.actor === null || event.actor !== handoff.receiver)) return true;
  }
  for (let n = handoff.from + 1; n < story.length; n++) {
    const event = story[n];
    if (event === undefined || event.at > handoff.at + noteAfter) break;
    if (!event.isNote || event.actor === null || event.actor === handoff.receiver) continue;
    if (event.actor === handoff.sender || event.actor === handoff.actor) return true;
  }
  return false;
}
