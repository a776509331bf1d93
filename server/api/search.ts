import type { Dimension } from '#dashboards/metric-result.js';

/** `GET /api/search?text&lang`: what a reader may mean by a few letters; a few of each kind, the likeliest first. */
export interface SearchResponse {
  charts: { board: string; boardTitle: string; chart: string; title: string }[];
  names: { dimension: Dimension; name: string }[];
  /** Those with that very key or number. */
  items: { id: string; externalId: string; title: string | null; connection: string; type: string }[];
}
