import type { QualityItemsResponse, QualityResponse } from '#server/api.js';

import { get } from './request';

export const qualityApi = {
  quality: (lang: string, signal?: AbortSignal) => get<QualityResponse>(`/api/quality?lang=${lang}`, signal),
  qualityItems: (query: URLSearchParams, signal?: AbortSignal) => get<QualityItemsResponse>(`/api/quality/items?${query}`, signal),
};
