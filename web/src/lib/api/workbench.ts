import type {
  ExplainResponse,
  KeptQuery,
  KeptQueryContent,
  QueryHistory,
  QueryRunMessage,
  QueryRunRequest,
  WorkbenchSchema,
  WorkbenchState,
} from '#server/api.js';

import { ask, get, lines, send } from './request';

export const workbenchApi = {
  workbench: (signal?: AbortSignal) => get<WorkbenchState>('/api/workbench/state', signal),
  workbenchSchema: (signal?: AbortSignal) => get<WorkbenchSchema>('/api/workbench/schema', signal),
  runQuery: (asked: QueryRunRequest, signal: AbortSignal) => lines<QueryRunMessage>('/api/workbench/runs', signal, asked),
  cancelQuery: (run: string) => send<unknown>('DELETE', `/api/workbench/runs/${encodeURIComponent(run)}`, {}),
  explainQuery: (asked: QueryRunRequest, signal?: AbortSignal) => ask<ExplainResponse>('/api/workbench/explain', asked, signal),
  queryHistory: (signal?: AbortSignal) => get<QueryHistory>('/api/workbench/history', signal),
  queries: (signal?: AbortSignal) => get<KeptQuery[]>('/api/workbench/queries', signal),
  query: (id: string, signal?: AbortSignal) => get<KeptQuery>(queryPath(id), signal),
  keepQuery: (query: KeptQueryContent) => send<KeptQuery>('POST', '/api/workbench/queries', query),
  changeQuery: (id: string, change: Partial<KeptQueryContent>) => send<KeptQuery>('PATCH', queryPath(id), change),
  removeQuery: (id: string) => send<unknown>('DELETE', queryPath(id), {}),
};

function queryPath(id: string): string {
  return `/api/workbench/queries/${encodeURIComponent(id)}`;
}
