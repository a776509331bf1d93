import type { ExportRun, ExportSchedule, ExportScheduleBody, ExportsResponse, QueryExportBody, ViewFormat } from '#server/api.js';

import { get, send, streamed } from './request';

export const exportsApi = {
  exports: (signal?: AbortSignal) => get<ExportsResponse>('/api/exports', signal),
  exportSchedules: (signal?: AbortSignal) => get<ExportSchedule[]>('/api/export-schedules', signal),
  exportRuns: (id: string, signal?: AbortSignal) => get<ExportRun[]>(`${exportSchedulePath(id)}/runs`, signal),
  addExportSchedule: (schedule: ExportScheduleBody) => send<ExportSchedule>('POST', '/api/export-schedules', schedule),
  changeExportSchedule: (id: string, schedule: ExportScheduleBody) => send<ExportSchedule>('PATCH', exportSchedulePath(id), schedule),
  pauseExportSchedule: (id: string, isPaused: boolean) => send<ExportSchedule>('PATCH', `${exportSchedulePath(id)}/pause`, { isPaused }),
  runExportSchedule: (id: string) => send<ExportSchedule>('POST', `${exportSchedulePath(id)}/run`, {}),
  retryExportRun: (run: string) => send<unknown>('POST', `/api/export-schedules/runs/${encodeURIComponent(run)}/retry`, {}),
  removeExportSchedule: (id: string) => send<unknown>('DELETE', exportSchedulePath(id), {}),
};

export function exportAddress(view: string, format: ViewFormat, isRaw = false): string {
  return `/api/exports/${encodeURIComponent(view)}?format=${format}${isRaw ? '&raw=1' : ''}`;
}

export function exportedFileAddress(run: string): string {
  return `/api/export-schedules/runs/${encodeURIComponent(run)}/file`;
}

/** The answer of a view or a query as a file, to be read as it comes. */
export function fileAnswer(asked: string | QueryExportBody, signal: AbortSignal): Promise<Response> {
  return typeof asked === 'string' ? streamed(asked, signal) : streamed('/api/exports/query', signal, asked);
}

function exportSchedulePath(id: string): string {
  return `/api/export-schedules/${encodeURIComponent(id)}`;
}
