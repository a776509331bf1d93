import type { MetricResult } from '#dashboards/metric-result.js';

/**
 * `POST /api/beliefs` with metric, answer (a number, or as a person of `lang` writes it) and, where told, person, board, from, to and
 * filters: the answer is kept before the number is looked up.
 */
export interface BeliefResponse {
  metric: string;
  person: string;
  from: string;
  to: string;
  /** Percent. */
  answer: number;
  /** Percent; null where it is withheld or not measurable: see `note` and `absent`. */
  number: number | null;
  /** Percentage points. */
  gap: number | null;
  n: number;
  lo: number | null;
  hi: number | null;
  note: string | null;
  absent: MetricResult['absent'];
}

/**
 * `GET /api/beliefs/question?board&person&lang&digits&calendar`: what is asked before the number of a board is shown, and what the person
 * said before. `POST /api/beliefs/skip` with person, board, from and to passes it over.
 */
export interface BeliefState {
  /** Null: nothing to ask, or answered or passed over already. */
  question: BeliefQuestion | null;
  /** The latest first. */
  records: BeliefRecord[];
}

export interface BeliefQuestion {
  chart: string;
  metric: string;
  /** What the number is called. */
  name: string;
  /** Local dates, half-open; `period` is what they are called. */
  from: string;
  to: string;
  period: string;
}

/** Formatted, in the language asked; a dash where the number cannot be told. */
export interface BeliefRecord {
  from: string;
  to: string;
  period: string;
  answer: string;
  number: string;
  /** Of the number, 95 %. */
  interval: [lo: string, hi: string] | null;
  gap: string;
  n: number;
}

/** `GET /api/views`; `POST`, `PATCH` and `DELETE` keep, change and remove one. */
export interface SavedView {
  id: string;
  name: string;
  owner: string;
  /** Account of the owner; null: nobody signed in, or the account was removed. */
  ownerId: string | null;
  /** The page, such as `/boards/delay`. */
  path: string;
  /** As it stands in the address, without the question mark. */
  query: string;
  /** Opened where its owner opens the page without a choice. */
  isDefault: boolean;
  /** ISO. */
  savedAt: string;
}
