import type { ErasedPerson, ErasedResponse, FoundPerson, HeldPerson, Retention, RetentionDue, RetentionResponse } from '#server/api.js';
import { ask, get, send } from './request';

export const privacyApi = {
  retention: (signal?: AbortSignal) => get<RetentionResponse>('/api/privacy/retention', signal),
  retentionDue: (connection: string, days: number, signal?: AbortSignal) =>
    get<RetentionDue>(`${retentionPath(connection)}/due?days=${days}`, signal),
  setRetention: (connection: string, change: Partial<Pick<Retention, 'keepTextsDays' | 'isPaused'>>) =>
    send<Retention>('PATCH', retentionPath(connection), change),
  runRetention: () => send<unknown>('POST', '/api/privacy/retention/run', {}),
  searchPeople: (search: string) => ask<FoundPerson[]>('/api/privacy/people', { search }),
  held: (whom: Whom, signal?: AbortSignal) => ask<HeldPerson>('/api/privacy/person/held', whom, signal),
  erase: (whom: Whom) => ask<ErasedPerson>('/api/privacy/person/erase', whom),
  erased: (signal?: AbortSignal) => get<ErasedResponse>('/api/privacy/erased', signal),
  keepBackups: (keepDays: number | null) => send<ErasedResponse>('PATCH', '/api/privacy/backups', { keepDays }),
};

/** `who`: a whole name or an id. */
interface Whom {
  who: string;
  addresses: readonly string[];
}

function retentionPath(connection: string): string {
  return `/api/privacy/retention/${encodeURIComponent(connection)}`;
}
