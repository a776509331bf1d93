import type { StatusMeaning } from './settings.js';

/** How well a source tells one kind of history. `none` always comes with a reason. */
export type Fidelity = 'full' | 'new-value-only' | 'snapshot-diff' | 'none';

/** What a metric can ask of a source. One word per thing; a metric lists the signals it needs. */
export const signals = [
  'status', // status changes over time
  'courts', // statuses mapped to courts, with at least one waiting state
  'finish', // when an item was finished
  'reopen', // changes out of a finished status
  'team', // owner team changes over time
  'person', // owner person changes over time
  'due', // a date given to the customer
  'first-due', // the first date given, told apart from later ones
  'due-history', // every move of that date
  'messages', // messages with their side
  'visibility', // public and internal messages told apart
  'customer', // who waits
  'rating',
  'links',
] as const;
export type Signal = (typeof signals)[number];

/** Present, or absent with the reason a person reads. `from`: first instant with trustworthy history, ISO, absent = from the start. */
export interface Capability {
  fidelity: Fidelity;
  reason?: string;
  from?: string;
}
export type Capabilities = Record<Signal, Capability>;

export const full: Capability = { fidelity: 'full' };

/** What a source does not tell. The reason is for a person to read. */
export function none(reason: string): Capability {
  return { fidelity: 'none', reason };
}

const waiting: readonly StatusMeaning[] = ['ours_waiting', 'customer', 'third_party'];

/** Courts can be told apart, as well as `told`, only where some status means that someone waits; else not, for this reason. */
export function courtsOf(meanings: readonly StatusMeaning[], reason: string, told: Capability = full): Capability {
  return meanings.some((meaning) => waiting.includes(meaning)) ? told : none(reason);
}
