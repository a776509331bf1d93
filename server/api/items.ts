import type { MetricInfo } from '#dashboards/metric-result.js';

/**
 * `GET /api/metrics/:id/items?…&bucket&segment&part&sort&order&offset&limit`: the very items behind a mark, the greatest contribution
 * first where nothing else is asked. An item is there once for each unit counted, so twice where both of its handoffs are; `total` is the
 * `n` of the mark. `…/items/download?…&format=csv|arrow&column=…` gives all of them as a file.
 */
export interface ItemsResponse {
  /** Name of the metric in the reader's language. */
  name: string;
  counts: MetricInfo['counts'];
  /** What `contribution` is: seconds, a number, or 1 and 0 for yes and no. */
  adds: 's' | 'n' | 'yes-no';
  total: number;
  items: ItemSummary[];
}

/** What an item is known by, wherever it is listed. */
export interface ListedItem {
  id: string;
  externalId: string;
  title: string | null;
  url: string | null;
  connection: string;
  type: string;
  team: string | null;
  customer: string | null;
}

export interface ItemSummary extends ListedItem {
  createdAt: string;
  finishedAt: string | null;
  outcome: 'open' | 'done' | 'cancelled' | 'unknown';
  /** What this item adds to the mark, in the metric's unit; null where it only counts. */
  contribution: number | null;
}

/** `GET /api/items/:id`: one item's story. */
export interface ItemResponse extends ItemSummary {
  service: string | null;
  channel: string | null;
  priority: string | null;
  asOf: string | null;
  intervals: {
    from: string;
    to: string | null;
    court: string;
    team: string | null;
    person: string | null;
    isFresh: boolean;
    isDuePast: boolean;
  }[];
  events: {
    at: string;
    kind: string;
    status: string | null;
    meaning: string | null;
    team: string | null;
    person: string | null;
    dueAt: string | null;
    side: string | null;
    isPublic: boolean | null;
    body: string | null;
    language: string | null;
    rating: number | null;
  }[];
  promises: {
    saidAt: string;
    dueAt: string;
    until: string | null;
    movedSeconds: number | null;
    isAfterDue: boolean | null;
    askedByCustomer: boolean;
  }[];
  handoffs: { level: string; at: string; from: string; to: string; waitSeconds: number | null; returns: string | null }[];
  /** `isIncoming`: the other item points at this one, so `becomes` reads "came from". */
  links: {
    kind: string;
    isIncoming: boolean;
    id: string;
    at: string;
    externalId: string;
    title: string | null;
    connection: string;
    url: string | null;
  }[];
}
