import type {
  ConnectionDetail,
  ConnectionRequest,
  ConnectionTest,
  ConnectorForm,
  MeaningPreview,
  ProgressResponse,
  QuarantineResponse,
} from '#server/api.js';

import { get, send } from './request';

export const connectionsApi = {
  connectors: (signal?: AbortSignal) => get<ConnectorForm[]>('/api/connectors', signal),
  connection: (name: string, signal?: AbortSignal) => get<ConnectionDetail>(connectionPath(name), signal),
  connectionProgress: (name: string, signal?: AbortSignal) => get<ProgressResponse>(`${connectionPath(name)}/progress`, signal),
  testConnection: (asked: ConnectionRequest, lang: string) => send<ConnectionTest>('POST', `/api/connections/test?lang=${lang}`, asked),
  saveConnection: (asked: ConnectionRequest) => send<ConnectionDetail>('POST', '/api/connections', asked),
  changeConnection: (name: string, change: ConnectionChange) => send<ConnectionDetail>('PATCH', connectionPath(name), change),
  previewMeanings: (name: string, statuses: Record<string, string>) =>
    send<MeaningPreview>('POST', `${connectionPath(name)}/preview`, { statuses }),
  syncConnection: (name: string) => send<ConnectionDetail>('POST', `${connectionPath(name)}/sync`, {}),
  removeConnection: (name: string, keepsData: boolean) => send<unknown>('DELETE', connectionPath(name), { keepsData }),
  confirmCensus: (name: string, missing: number) => send<ConnectionDetail>('POST', `${connectionPath(name)}/census/confirm`, { missing }),
  quarantine: (name: string, query: URLSearchParams, signal?: AbortSignal) =>
    get<QuarantineResponse>(`${connectionPath(name)}/quarantine?${query}`, signal),
  dismissQuarantine: (name: string, which: { id: string } | { code: string } | { all: true }) =>
    send<{ dismissed: number }>('POST', `${connectionPath(name)}/quarantine/dismiss`, which),
  retryQuarantine: (name: string) =>
    send<{ tried: number; loaded: number; refused: number }>('POST', `${connectionPath(name)}/quarantine/retry`, {}),
  removeSample: () => send<unknown>('DELETE', '/api/sample', {}),
};

type ConnectionChange = { statuses: Record<string, string> } | { everySeconds: number | null } | { isPaused: boolean };

function connectionPath(name: string): string {
  return `/api/connections/${encodeURIComponent(name)}`;
}
