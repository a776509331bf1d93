import type { SavedView } from '#server/api.js';

import { get, send } from './request';

export const viewsApi = {
  views: (signal?: AbortSignal) => get<SavedView[]>('/api/views', signal),
  saveView: (view: Omit<SavedView, 'id' | 'ownerId' | 'savedAt'>) => send<SavedView>('POST', '/api/views', view),
  changeView: (id: string, change: Partial<Pick<SavedView, 'name' | 'query' | 'isDefault'>>) =>
    send<SavedView>('PATCH', `/api/views/${id}`, change),
  removeView: (id: string) => send<unknown>('DELETE', `/api/views/${id}`, {}),
};
