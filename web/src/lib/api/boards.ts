import type { BoardLine, BoardResponse, NamesResponse, SearchResponse, StateResponse } from '#server/api.js';

import { get, lines } from './request';

export const boardsApi = {
  state: (signal?: AbortSignal) => get<StateResponse>('/api/state', signal),
  board: (id: string, query: URLSearchParams, signal?: AbortSignal) =>
    get<BoardResponse>(`/api/boards/${encodeURIComponent(id)}?${query}`, signal),
  /** Of some charts alone where they are named. */
  boardLines: (id: string, query: URLSearchParams, charts: readonly string[], signal: AbortSignal) =>
    lines<BoardLine>(`/api/boards/${encodeURIComponent(id)}/charts?${withCharts(query, charts)}`, signal),
  names: (dimension: string, search: string, signal?: AbortSignal) =>
    get<NamesResponse>(`/api/filters/${encodeURIComponent(dimension)}?${new URLSearchParams({ search })}`, signal),
  search: (text: string, lang: string, signal?: AbortSignal) =>
    get<SearchResponse>(`/api/search?${new URLSearchParams({ text, lang })}`, signal),
};

function withCharts(query: URLSearchParams, charts: readonly string[]): URLSearchParams {
  return new URLSearchParams([...query, ...charts.map((id) => ['chart', id])]);
}
