import type { ReportListed, ReportResponse, ReportSpec, ReportsResponse } from '#server/api.js';

import { get, send } from './request';

export const reportsApi = {
  reports: (signal?: AbortSignal) => get<ReportsResponse>('/api/reports', signal),
  report: (id: string, signal?: AbortSignal) => get<ReportResponse>(`/api/reports/${encodeURIComponent(id)}`, signal),
  makeReport: (spec: ReportSpec) => send<ReportListed>('POST', '/api/reports', spec),
};

export function reportFileAddress(id: string): string {
  return `/api/reports/${encodeURIComponent(id)}/pdf`;
}
