import type {
  AlertHistoryResponse,
  AlertPreview,
  AlertResponse,
  AlertTest,
  ChannelPreview,
  ChannelResponse,
  WatchableNumber,
} from '#server/api.js';

import { get, send } from './request';

export const alertsApi = {
  alerts: (reader: URLSearchParams, signal?: AbortSignal) => get<AlertResponse[]>(`/api/alerts?${reader}`, signal),
  watchableNumbers: (reader: URLSearchParams, signal?: AbortSignal) => get<WatchableNumber[]>(`/api/alerts/numbers?${reader}`, signal),
  alertHistory: (id: string, reader: URLSearchParams, signal?: AbortSignal) =>
    get<AlertHistoryResponse>(`/api/alerts/${encodeURIComponent(id)}/history?${reader}`, signal),
  addAlert: (alert: object) => send<AlertResponse>('POST', '/api/alerts', alert),
  previewAlert: (draft: object) => send<AlertPreview>('POST', '/api/alerts/preview', draft),
  handOverAlert: (id: string, ownerId: string) => send<AlertResponse>('PATCH', `/api/alerts/${id}`, { ownerId }),
  testAlert: (id: string) => send<AlertTest>('POST', `/api/alerts/${id}/test`, {}),
  muteAlert: (id: string, mute: { by: string; why: string; until: string }) => send<AlertResponse>('POST', `/api/alerts/${id}/mute`, mute),
  unmuteAlert: (id: string, by: string) => send<AlertResponse>('POST', `/api/alerts/${id}/unmute`, { by }),
  remarkAlert: (id: string, remark: { by: string; text: string }) =>
    send<AlertHistoryResponse>('POST', `/api/alerts/${id}/remarks`, remark),
  removeAlert: (id: string) => send<unknown>('DELETE', `/api/alerts/${id}`, {}),
  channels: (signal?: AbortSignal) => get<ChannelResponse[]>('/api/channels', signal),
  addChannel: (channel: object) => send<ChannelResponse>('POST', '/api/channels', channel),
  testChannel: (id: string, lang: string) =>
    send<{ error: string | null; message: ChannelPreview }>('POST', `/api/channels/${id}/test?lang=${lang}`, {}),
  removeChannel: (id: string) => send<unknown>('DELETE', `/api/channels/${id}`, {}),
};
