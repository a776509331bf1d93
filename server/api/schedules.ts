import type { Rhythm } from '../schedules/rhythm.js';
import type { ReportSpec } from './reports.js';
import type { Locale } from './state.js';
import type { MailLine } from './mail.js';

export type { Rhythm } from '../schedules/rhythm.js';

/** Somebody who gets a summary, in a zone and language of their own. */
export interface Recipient {
  name: string;
  address: string;
  /** IANA. */
  zone: string;
  locale: Locale;
}

/** Whose something is that goes on by itself, as a person says it. */
export interface OwnerTold {
  /** A name, where nobody signs in: needed there. With accounts it is that of who makes it. */
  owner?: string | undefined;
  /** An account that an administrator hands it to. */
  ownerId?: string | undefined;
}

/** Whose something is that goes on by itself. */
export interface OwnerShown {
  owner: string;
  /** Of the account; null: nobody signed in, or the account was removed. */
  ownerId: string | null;
}

/** What a person says of a schedule: the body of `POST /api/schedules`, and of `PATCH /api/schedules/:id`, which wants the whole of it. */
export interface ScheduleBody extends OwnerTold {
  name: string;
  /** Who is told of what went wrong; null: it is shown here alone. */
  ownerAddress: string | null;
  rhythm: Rhythm;
  spec: ReportSpec;
  /** Nothing is sent that found the same as what was sent before. */
  skipsUnchanged: boolean;
  recipients: Recipient[];
}

/** `making` is under way, `made` is in the outbox: each message says how far it got. */
export type RunStatus = 'planned' | 'making' | 'made' | 'skipped' | 'failed';

/** Why a run was skipped or failed, or was tried last in vain. */
export type RunReason = 'missed' | 'unchanged' | 'nobody' | 'making' | 'refused' | 'abandoned';

/** One time a schedule was due, in one zone. */
export interface ScheduleRun {
  id: string;
  zone: string;
  /** Local time of the zone, as `2026-03-29T08:00`. */
  localDue: string;
  /** ISO. */
  dueAt: string;
  status: RunStatus;
  reason: RunReason | null;
  /** What was told of a failure. */
  detail: string | null;
  isLate: boolean;
  attempts: number;
  finishedAt: string | null;
  /** The summaries that were sent, one a language. */
  reports: { locale: Locale; id: string }[];
  messages: MailLine[];
}

/** `GET /api/schedules`, by name. */
export interface Schedule extends Omit<ScheduleBody, keyof OwnerTold>, OwnerShown {
  id: string;
  isPaused: boolean;
  recipients: (Recipient & { unsubscribedAt: string | null })[];
  /** When it is due next: one for each zone of its recipients. Empty while it is paused. */
  next: { zone: string; localDue: string; dueAt: string }[];
  /** The latest that is over or under way. */
  lastRun: ScheduleRun | null;
}

/** `POST /api/schedules/due` with a rhythm and a zone: the next five. */
export interface DueResponse {
  due: { localDue: string; dueAt: string }[];
}
