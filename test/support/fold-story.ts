import type { StoryEvent } from './story.js';

export interface Told extends StoryEvent {
  moment: number;
  place: number;
}

export interface Stay {
  owner: string | null;
  from: number;
  to: number;
  place: number;
  nextPlace: number;
}

export interface Piece {
  cycle: number;
  from: number;
  to: number;
  court: string;
  team: string | null;
  person: string | null;
  isDuePast: boolean;
  hasNextStep: boolean;
  isFresh: boolean;
  isUnmapped: boolean;
}

export type Level = 'team' | 'person';

export function isWord(event: Told): boolean {
  return event.kind === 'said' && (event.side ?? 'team') === 'team' && (event.isPublic ?? true) && !event.isBot;
}

export function isQuestion(event: Told): boolean {
  return event.kind === 'said' && event.side === 'customer' && (event.isPublic ?? true);
}

/** The owner told last up to and including the place; null for nobody and for none told. */
export function ownerAt(story: Told[], level: Level, place: number): string | null {
  let owner: string | null = null;
  for (const event of story.slice(0, place + 1)) if (event[level] !== undefined) owner = event[level] ?? null;
  return owner;
}
