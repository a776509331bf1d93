import type { DueResponse, MailLine, MailboxResponse, Rhythm, Schedule, ScheduleBody, ScheduleRun } from '#server/api.js';

import { ask, get, send } from './request';

export const schedulesApi = {
  schedules: (signal?: AbortSignal) => get<Schedule[]>('/api/schedules', signal),
  scheduleRuns: (id: string, signal?: AbortSignal) => get<ScheduleRun[]>(`${schedulePath(id)}/runs`, signal),
  scheduleDue: (rhythm: Rhythm, zone: string, signal?: AbortSignal) => ask<DueResponse>('/api/schedules/due', { rhythm, zone }, signal),
  addSchedule: (schedule: ScheduleBody) => send<Schedule>('POST', '/api/schedules', schedule),
  changeSchedule: (id: string, schedule: ScheduleBody) => send<Schedule>('PATCH', schedulePath(id), schedule),
  pauseSchedule: (id: string, isPaused: boolean) => send<Schedule>('PATCH', `${schedulePath(id)}/pause`, { isPaused }),
  runSchedule: (id: string) => send<Schedule>('POST', `${schedulePath(id)}/run`, {}),
  testSchedule: (id: string, address: string) => send<MailLine>('POST', `${schedulePath(id)}/test`, { address }),
  retryRun: (run: string) => send<unknown>('POST', `/api/schedules/runs/${encodeURIComponent(run)}/retry`, {}),
  removeSchedule: (id: string) => send<unknown>('DELETE', schedulePath(id), {}),
  mailbox: (signal?: AbortSignal) => get<MailboxResponse>('/api/mail', signal),
  retryMail: (id: string) => send<MailLine>('POST', `/api/mail/${encodeURIComponent(id)}/retry`, {}),
};

function schedulePath(id: string): string {
  return `/api/schedules/${encodeURIComponent(id)}`;
}
