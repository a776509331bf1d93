import type { NewShareLink, ShareLinksResponse } from '#server/api.js';

import { get, send } from './request';

export const sharesApi = {
  shares: (signal?: AbortSignal) => get<ShareLinksResponse>('/api/share-links', signal),
  makeShare: (link: { title: string; address: string; days: number }) => send<NewShareLink>('POST', '/api/share-links', link),
  revokeShare: (id: string) => send<unknown>('DELETE', `/api/share-links/${encodeURIComponent(id)}`, {}),
  openShare: (key: string) => send<{ address: string }>('POST', '/api/share-links/open', { key }),
};
