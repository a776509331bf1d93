import type { Calendar } from '#dashboards/metric-result.js';
import type { Permission, Role, Scope } from '../access/principal.js';

/** How well a source tells one kind of history. */
export type Fidelity = 'full' | 'new-value-only' | 'snapshot-diff' | 'none';

export type Locale = 'en' | 'tr' | 'fa' | 'hy';

/** `GET /api/filters/:dimension?search=…`: names that contain it, however they are written; the first 60 of `total`. */
export interface NamesResponse {
  names: string[];
  total: number;
}

/** `this-…` runs to the last day of the data, `last-…` is the complete one before, `N-weeks` are complete weeks. */
export type PeriodWord =
  'default' | `${'this' | 'last'}-${'week' | 'month' | 'quarter' | 'year'}` | `${7 | 30 | 90 | 365}-days` | `${4 | 13 | 26 | 52}-weeks`;

/** `GET /api/state`: asked for first. */
export interface StateResponse {
  version: string;
  asker: StateAsker;
  /** Roles that have each permission, the mightiest first. */
  rights: Record<Permission, Role[]>;
  /** The sample company is loaded, and can be removed with `DELETE /api/sample`. */
  hasSample: boolean;
  /** Facts are being derived; numbers are those of the last complete version. */
  isDeriving: boolean;
  connections: ConnectionState[];
  /** In the order of the menu. */
  boards: StateBoard[];
  /** Values each filter offers, most frequent first. */
  filters: Record<string, string[]>;
  /** What periods in words mean in each calendar: local dates, half-open. They end with the data, not with the clock. */
  periods: Record<Calendar, Record<PeriodWord, { from: string; to: string }>>;
  zone: string;
}

/** Who asks, and what the page offers. */
export interface StateAsker {
  /** Of the account; null: nobody signed in. */
  id: string | null;
  /** Empty: nobody signed in. */
  name: string;
  role: Role;
  isSignedIn: boolean;
  /** By a session, which can be ended. */
  canSignOut: boolean;
  permissions: Permission[];
  /** Null: everything. */
  scope: Scope | null;
  /** Nothing is open before one is set up. */
  needsSecondFactor: boolean;
  /** May show a page to those without an account. */
  sharesLinks: boolean;
  /** Address of the one page a share link opens; null: whoever asks has no such link. */
  sharedPage: string | null;
}

export interface StateBoard {
  id: string;
  title: Record<Locale, string>;
  description: Record<Locale, string>;
  /** The chart whose number readers are asked about before they see it; null: none. */
  belief: string | null;
}

export interface ConnectionState {
  name: string;
  connector: string;
  isSample: boolean;
  /** ISO. Null before the first complete sync. */
  asOf: string | null;
  lastCompleteAt: string | null;
  /** Why its numbers are older than they should be; null: they are not. */
  stale: { failures: number; isRefused: boolean; error: string | null } | null;
  items: number;
  quarantined: number;
  unmappedStatuses: string[];
  lastRun: { state: string; startedAt: string; finishedAt: string | null; error: string | null } | null;
}
