import type { MetricResult } from '#dashboards/metric-result.js';

/** `POST /api/beliefs` with metric, answer and, where told, person, from, to and filters: the answer is kept before the number is looked up. */
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

/** `GET /api/views`; `POST`, `PATCH` and `DELETE` keep, change and remove one. */
export interface SavedView {
  id: string;
  name: string;
  owner: string;
  /** The page, such as `/boards/delay`. */
  path: string;
  /** As it stands in the address, without the question mark. */
  query: string;
  /** Opened where its owner opens the page without a choice. */
  isDefault: boolean;
  /** ISO. */
  savedAt: string;
}
