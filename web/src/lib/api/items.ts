import type { ItemResponse, ItemsResponse, SqlResponse, WhyResponse } from '#server/api.js';

import { get } from './request';

export const itemsApi = {
  items: (metric: string, query: URLSearchParams, signal?: AbortSignal) =>
    get<ItemsResponse>(`/api/metrics/${encodeURIComponent(metric)}/items?${query}`, signal),
  item: (id: string, signal?: AbortSignal) => get<ItemResponse>(`/api/items/${encodeURIComponent(id)}`, signal),
  sql: (metric: string, query: URLSearchParams, signal?: AbortSignal) =>
    get<SqlResponse>(`/api/metrics/${encodeURIComponent(metric)}/sql?${query}`, signal),
  why: (chart: string, query: URLSearchParams, signal?: AbortSignal) =>
    get<WhyResponse>(`/api/charts/${encodeURIComponent(chart)}/why?${query}`, signal),
};

/** All items of a mark as a file, with these columns. */
export function itemsFileAddress(metric: string, question: string, format: 'csv' | 'arrow', columns: readonly string[]): string {
  const file = new URLSearchParams([...new URLSearchParams(question), ['format', format], ...columns.map((column) => ['column', column])]);
  return `/api/metrics/${encodeURIComponent(metric)}/items/download?${file}`;
}
