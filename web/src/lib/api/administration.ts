import type { AuditResponse, HealthResponse } from '#server/api.js';

import { get } from './request';

export const administrationApi = {
  health: (query: URLSearchParams, signal?: AbortSignal) => get<HealthResponse>(`/api/health?${query}`, signal),
  audit: (query: URLSearchParams, signal?: AbortSignal) => get<AuditResponse>(`/api/audit?${query}`, signal),
};

/** All lines of the audit log that are asked for, as a file. */
export function auditFileAddress(query: URLSearchParams, format: string): string {
  return `/api/audit/download?${new URLSearchParams([...query, ['format', format]])}`;
}
