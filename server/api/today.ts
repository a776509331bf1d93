import type { NotMeasurable } from '#dashboards/metric-result.js';
import type { Sentence } from '#dashboards/sentences/sentence.js';
import type { ChartResponse } from './board.js';
import type { ListedItem } from './items.js';

/** `GET /api/today?…`, same parameters as a board: what the first page says. */
export interface TodayResponse {
  asOf: string | null;
  from: string;
  to: string;
  zone: string;
  /** The last complete week; local dates, half-open. Null where there is none. */
  week: { from: string; to: string } | null;
  /** The answer first, in a sentence or two. */
  verdict: string[];
  sentences: Sentence[];
  /** The first chart of each leading board. */
  answers: TodayAnswer[];
  /** The most pressing items, and how many there are. */
  watch: WatchResponse;
  unknownParameters: string[];
}

export interface TodayAnswer {
  board: string;
  title: string;
  chart: ChartResponse;
}

/**
 * Why an open item is on the watch list. `late-untold`: its date has passed, `silent-untold`: the ball is ours and we have said nothing
 * for longer than promised, and in both what we said gives no reason or date that still holds; `late`: late, and told or nobody can tell;
 * `likely-late`: rather late than not.
 */
export type WatchReason = 'late-untold' | 'silent-untold' | 'late' | 'likely-late';

/**
 * `GET /api/watch?reason&sort&handled&offset&limit&<dimension>=…`: open items as the data of their connections ends; without `reason`
 * all that have one. `total` and `counts` leave out the handled ones unless `handled=shown`.
 */
export interface WatchResponse {
  asOf: string | null;
  zone: string;
  /** Open items that match the filters, those on their course included. */
  open: number;
  total: number;
  /** An item has several reasons at a time. */
  counts: Record<WatchReason, number>;
  /** Items late or silent whose customer was not told; null where no source tells messages. */
  untold: number | null;
  /** Handled ones that match the filters. */
  handled: number;
  items: WatchItem[];
  /** What connections cannot tell. */
  absent: NotMeasurable[];
  unknownParameters: string[];
}

/** Lengths of time in seconds. */
export interface WatchItem extends ListedItem {
  /** ISO: the data's own time of its connection. */
  asOf: string;
  reasons: WatchReason[];
  /** The date in force and, where it was moved, the first one; ISO. */
  dueAt: string | null;
  firstDueAt: string | null;
  isLate: boolean;
  /** 0 to 1, with how many like it in the history bear it; null where too few do, or where it has no date. */
  chance: { late: number; basis: 'promises' | 'type-priority' | 'type' | 'all'; n: number } | null;
  /** After its date, by which half of such items are finished. */
  expectedOverrun: number | null;
  court: string | null;
  courtSince: string | null;
  /** Since our last public word, or the creation where there is none. */
  silence: number | null;
  hasWord: boolean;
  isTold: boolean | null;
  mark: WatchMark | null;
}

export interface WatchMark {
  by: string;
  note: string;
  /** ISO. */
  at: string;
  /** It still holds: the item stays off the list. */
  isHandled: boolean;
  /** What has happened since, where it does not. */
  since: 'new-date' | 'date-passed' | 'reopened' | null;
}

/** Of an item that was handled, by the date in force then. `ahead`: the date is not yet reached. */
export type HandledOutcome = 'kept' | 'late' | 'ahead' | 'cancelled' | 'was-late' | 'no-date';

/** `GET /api/watch/handled?from=…&to=…`, with filters: what became of what was handled while the data stood in the window. */
export interface HandledResponse {
  zone: string;
  total: number;
  counts: Record<HandledOutcome, number>;
  /** Who handled most first. */
  people: { by: string; n: number; kept: number; late: number }[];
  /** The latest first, 200 at most. */
  marks: HandledMark[];
}

export interface HandledMark {
  id: string;
  externalId: string;
  title: string | null;
  by: string;
  note: string;
  /** ISO. */
  at: string;
  dueAt: string | null;
  /** It can be brought back. */
  isOpen: boolean;
  outcome: HandledOutcome;
}

/** `GET /api/watch/customers?…`: whom to call, the greatest exposure first: most items untold, then most expected to be late. */
export interface WatchCustomersResponse {
  asOf: string | null;
  total: number;
  customers: WatchCustomer[];
}

export interface WatchCustomer {
  /** Null for items without one. */
  customer: string | null;
  items: number;
  /** Late or silent, and not told. */
  untold: number;
  /** The sum of the chances of its items. */
  expectedLate: number;
  longestSilence: number | null;
  /** Its most pressing items. */
  worst: WatchItem[];
}
