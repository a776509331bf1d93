import type { Court, StatusMeaning } from '#etl/connector.js';
import { type Id, nobody } from '../copy/ids.js';

/** Instants are microseconds since 2000, `Infinity` while something lasts. */
export type Instant = number;

export const kinds = ['created', 'changed', 'promised', 'said', 'noted', 'rated'] as const;
export const roles = ['customer', 'agent', 'system', 'unknown'] as const;
export const sides = ['team', 'customer', 'system'] as const;

export type Side = (typeof sides)[number];

/** A line of an item's story, with what holds after it. */
export interface StoryEvent {
  /** Where the id of something said stands among the rows of events. */
  readonly messagePlace: number | null;
  readonly at: Instant;
  readonly kind: (typeof kinds)[number];
  readonly actor: Id | null;
  readonly role: (typeof roles)[number] | null;
  /** Told by this event; null says nothing, `nobody` that nobody has it. A late copy tells no state. */
  readonly status: Id | null;
  readonly meaning: StatusMeaning | null;
  readonly team: Id | null;
  readonly person: Id | null;
  readonly dueAt: Instant | null;
  readonly askedByCustomer: boolean;
  readonly rating: number | null;
  readonly side: Side | null;
  readonly isPublic: boolean | null;
  readonly isHuman: boolean;
  /** A human message of the team; a word of ours if it is public. */
  readonly isOurs: boolean;
  readonly isWord: boolean;
  /** A message of the customer that is not internal. */
  readonly isQuestion: boolean;
  /** An internal message of the team, or a note. */
  readonly isNote: boolean;
  court: Court;
  isUnmapped: boolean;
  /** Who has it after this event; null for nobody. */
  teamNow: Id | null;
  personNow: Id | null;
  personBefore: Id | null;
  isStatusChange: boolean;
  /** Tells a court, a team or a person, even if it is the same again. */
  isStateTold: boolean;
}

export function isClosing(meaning: StatusMeaning): meaning is 'done' | 'cancelled' {
  return meaning === 'done' || meaning === 'cancelled';
}

/**
 * Carries status, team and person forward from the event that told them last. `court` is carried over closing statuses, because
 * closed time is cut out by the cycles and an explicit finish may come after the status that says done. While the source tells
 * owners and nobody has it, nobody works on it.
 */
export function carryForward(story: StoryEvent[], tellsOwners: boolean): void {
  let status: Id | null = null;
  let open: Exclude<StatusMeaning, 'done' | 'cancelled'> | null = null;
  let team: Id | null = null;
  let person: Id | null = null;
  for (const event of story) {
    event.personBefore = person;
    if (event.status !== null) {
      event.isStatusChange = event.status !== status;
      status = event.status;
    }
    if (event.meaning !== null && !isClosing(event.meaning)) {
      open = event.meaning;
      event.isStateTold = true;
    }
    if (event.team !== null) {
      team = event.team === nobody ? null : event.team;
      event.isStateTold = true;
    }
    if (event.person !== null) {
      person = event.person === nobody ? null : event.person;
      event.isStateTold = true;
    }
    event.teamNow = team;
    event.personNow = person;
    event.isUnmapped = open === 'unmapped';
    const isIdle = open === 'ours_active' && tellsOwners && team === null && person === null;
    event.court = open === null || open === 'unmapped' || isIdle ? 'ours_waiting' : open;
  }
}
