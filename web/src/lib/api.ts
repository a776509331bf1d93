import type {
  BoardResponse,
  ErrorResponse,
  ItemResponse,
  ItemsResponse,
  QualityItemsResponse,
  QualityResponse,
  StateResponse,
} from '#server/api.js';

/** The only file that fetches. */

/** What the server refused or failed, in its words. Status 0: no answer at all. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly errorId: string | null,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

export const api = {
  state: (signal?: AbortSignal) => get<StateResponse>('/api/state', signal),
  board: (id: string, query: URLSearchParams, signal?: AbortSignal) =>
    get<BoardResponse>(`/api/boards/${encodeURIComponent(id)}?${query}`, signal),
  items: (metric: string, query: URLSearchParams, signal?: AbortSignal) =>
    get<ItemsResponse>(`/api/metrics/${encodeURIComponent(metric)}/items?${query}`, signal),
  item: (id: string, signal?: AbortSignal) => get<ItemResponse>(`/api/items/${encodeURIComponent(id)}`, signal),
  quality: (signal?: AbortSignal) => get<QualityResponse>('/api/quality', signal),
  qualityItems: (query: URLSearchParams, signal?: AbortSignal) => get<QualityItemsResponse>(`/api/quality/items?${query}`, signal),
  removeSample: () => request<unknown>('/api/sample', { method: 'DELETE', headers: { 'content-type': 'application/json' }, body: '{}' }),
};

export function exportAddress(view: string, format: 'csv' | 'arrow'): string {
  return `/api/exports/${encodeURIComponent(view)}?format=${format}`;
}

function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return request<T>(path, { headers: { accept: 'application/json' }, ...(signal && { signal }) });
}

async function request<T>(path: string, options: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, options);
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    throw new ApiError(0, '', null);
  }
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body as T;
  const told = body as Partial<ErrorResponse> | null;
  throw new ApiError(response.status, told?.message ?? response.statusText, told?.errorId ?? null);
}
