import type { PeriodWord, Rhythm, Schedule, ScheduleBody } from '#server/api.js';
import { language } from '../i18n/messages.svelte';

/** Every field of every rhythm, so that going back and forth between kinds loses nothing. */
export interface RhythmDraft {
  kind: Rhythm['kind'];
  weekday: number;
  day: number;
  at: string;
  expression: string;
}

/** Whose it is, and when it is due. */
export interface OwnedDraft extends RhythmDraft {
  name: string;
  owner: string;
  /** Account; empty: none, or that of who makes it. */
  ownerId: string;
  ownerAddress: string;
}

/** What a form holds. */
export interface Draft extends OwnedDraft {
  boards: string[];
  filters: Record<string, string[]>;
  paper: 'a4' | 'letter';
  period: PeriodWord;
  skipsUnchanged: boolean;
  recipients: ScheduleBody['recipients'];
}

export function newDraft(owner: string, zone: string): Draft {
  return {
    name: '',
    owner,
    ownerId: '',
    ownerAddress: '',
    kind: 'weekly',
    weekday: 1,
    day: 1,
    at: '08:00',
    expression: '30 7 * * 1-5',
    boards: [],
    filters: {},
    paper: 'a4',
    period: 'default',
    skipsUnchanged: false,
    recipients: [newRecipient(zone)],
  };
}

export function newRecipient(zone: string): Draft['recipients'][number] {
  return { name: '', address: '', zone, locale: language.locale };
}

export function draftOf({ name, owner, ownerId, ownerAddress, rhythm, spec, skipsUnchanged, recipients }: Schedule, zone: string): Draft {
  return {
    ...newDraft(owner, zone),
    ...rhythm,
    name,
    ownerId: ownerId ?? '',
    ownerAddress: ownerAddress ?? '',
    boards: spec.boards,
    filters: Object.fromEntries(Object.entries(spec.filters).map(([dimension, names]) => [dimension, [...names]])),
    paper: spec.paper,
    // Dates of one report say nothing of the next one.
    period: typeof spec.period === 'string' ? spec.period : 'default',
    skipsUnchanged,
    recipients: recipients.map(({ address, locale, name: person, zone: own }) => ({ name: person, address, zone: own, locale })),
  };
}

export function rhythmOf({ kind, weekday, day, at, expression }: RhythmDraft): Rhythm {
  if (kind === 'cron') return { kind, expression };
  return kind === 'weekly' ? { kind, weekday, at } : { kind, day, at };
}

/** As the server wants it. The language of the schedule, in which its owner is told, is that of its first recipient. */
export function bodyOf(draft: Draft): ScheduleBody {
  const { name, owner, ownerId, ownerAddress, boards, filters, paper, period, skipsUnchanged, recipients } = draft;
  return {
    name,
    owner,
    ...(ownerId !== '' && { ownerId }),
    ownerAddress: ownerAddress.trim() === '' ? null : ownerAddress,
    rhythm: rhythmOf(draft),
    spec: { boards: [...boards], filters: { ...filters }, locale: recipients[0]?.locale ?? language.locale, paper, period },
    skipsUnchanged,
    recipients: recipients.map((recipient) => ({ ...recipient })),
  };
}
