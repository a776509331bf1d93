import type { OpenApiDocument } from '#server/api.js';

import { get } from './request';

export const openApi = {
  openApi: (signal?: AbortSignal) => get<OpenApiDocument>('/api/openapi.json', signal),
};
