import type { Target } from '#server/api.js';

import { get, send } from './request';

export const targetsApi = {
  targets: (reader: URLSearchParams, signal?: AbortSignal) => get<Target[]>(`/api/targets?${reader}`, signal),
  setTarget: (target: TargetSetting & Pick<Target, 'metric' | 'part' | 'scope'>, reader: URLSearchParams) =>
    send<Target>('POST', `/api/targets?${reader}`, target),
  changeTarget: (id: string, change: TargetSetting, reader: URLSearchParams) =>
    send<Target>('PATCH', `/api/targets/${id}?${reader}`, change),
  removeTarget: (id: string) => send<unknown>('DELETE', `/api/targets/${id}`, {}),
};

/** What is left out stays as it is; a value as a person of the language writes it. */
interface TargetSetting {
  value?: string;
  from: string;
  by: string;
  note?: string;
  ratchet: Target['ratchet'];
}
