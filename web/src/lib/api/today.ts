import type { HandledResponse, TodayResponse, WatchCustomersResponse, WatchItem, WatchResponse } from '#server/api.js';

import { get, send } from './request';

export const todayApi = {
  today: (query: URLSearchParams, signal?: AbortSignal) => get<TodayResponse>(`/api/today?${query}`, signal),
  watch: (query: URLSearchParams, signal?: AbortSignal) => get<WatchResponse>(`/api/watch?${query}`, signal),
  watchCustomers: (query: URLSearchParams, signal?: AbortSignal) => get<WatchCustomersResponse>(`/api/watch/customers?${query}`, signal),
  markHandled: (item: string, told: { note: string; by: string }) => send<WatchItem>('POST', handledPath(item), told),
  handled: (query: URLSearchParams, signal?: AbortSignal) => get<HandledResponse>(`/api/watch/handled?${query}`, signal),
  undoHandled: (item: string) => send<WatchItem>('DELETE', handledPath(item), {}),
};

function handledPath(item: string): string {
  return `/api/watch/${encodeURIComponent(item)}/handled`;
}

/** All of the watch list as a file, as it is filtered and sorted. */
export function watchFileAddress(question: URLSearchParams, format: 'csv' | 'arrow'): string {
  const file = new URLSearchParams([...question].filter(([name]) => name !== 'offset' && name !== 'limit'));
  file.set('format', format);
  return `/api/watch/download?${file}`;
}
