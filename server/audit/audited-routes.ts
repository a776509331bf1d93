import type { FastifyRequest } from 'fastify';
import type { AuditAction, AuditDetail } from './audit.js';

interface AuditedRoute {
  action: AuditAction;
  /**
   * Fields of body and address that are told with their values, which must never be secrets or names of customers. Lists by their length.
   */
  tells: string[];
}

/**
 * What is written into the audit log by the route it went through: each change, and each file taken away. Routes of `server/access`,
 * `server/workbench` and `server/exports` know more of what they do, and record it themselves.
 */
const auditedRoutes: Record<string, AuditedRoute> = {
  'POST /api/connections': { action: 'connection.add', tells: ['name', 'connector'] },
  'PATCH /api/connections/:name': { action: 'connection.change', tells: ['isPaused', 'everySeconds', 'statuses'] },
  'DELETE /api/connections/:name': { action: 'connection.remove', tells: ['keepsData'] },
  'POST /api/connections/:name/sync': { action: 'connection.sync', tells: [] },
  'POST /api/connections/:name/quarantine/retry': { action: 'quarantine.retry', tells: [] },
  'POST /api/connections/:name/quarantine/dismiss': { action: 'quarantine.dismiss', tells: ['id', 'code', 'all'] },
  'POST /api/connections/:name/census/confirm': { action: 'census.confirm', tells: ['missing'] },
  'DELETE /api/sample': { action: 'sample.remove', tells: [] },
  'POST /api/channels': { action: 'channel.add', tells: ['name', 'kind'] },
  'POST /api/channels/:id/test': { action: 'channel.test', tells: [] },
  'DELETE /api/channels/:id': { action: 'channel.remove', tells: [] },
  'POST /api/targets': { action: 'target.set', tells: ['metric', 'part', 'value', 'from'] },
  'PATCH /api/targets/:id': { action: 'target.set', tells: ['value', 'from'] },
  'DELETE /api/targets/:id': { action: 'target.remove', tells: [] },
  'POST /api/notes': { action: 'note.add', tells: ['from', 'to', 'kind'] },
  'PATCH /api/notes/:id': { action: 'note.change', tells: ['from', 'to', 'kind'] },
  'DELETE /api/notes/:id': { action: 'note.remove', tells: [] },
  'POST /api/alerts': { action: 'alert.add', tells: ['name', 'channels'] },
  'PATCH /api/alerts/:id': { action: 'alert.change', tells: ['name', 'channels'] },
  'DELETE /api/alerts/:id': { action: 'alert.remove', tells: [] },
  'POST /api/alerts/:id/test': { action: 'alert.test', tells: [] },
  'POST /api/alerts/:id/mute': { action: 'alert.change', tells: ['until'] },
  'POST /api/alerts/:id/unmute': { action: 'alert.change', tells: [] },
  'POST /api/alerts/:id/remarks': { action: 'alert.change', tells: [] },
  'POST /api/schedules': { action: 'schedule.add', tells: ['name', 'recipients'] },
  'PATCH /api/schedules/:id': { action: 'schedule.change', tells: ['name', 'recipients'] },
  'PATCH /api/schedules/:id/pause': { action: 'schedule.change', tells: ['isPaused'] },
  'DELETE /api/schedules/:id': { action: 'schedule.remove', tells: [] },
  'POST /api/schedules/:id/run': { action: 'schedule.run', tells: [] },
  'POST /api/schedules/:id/test': { action: 'schedule.run', tells: [] },
  'POST /api/schedules/runs/:run/retry': { action: 'schedule.run', tells: [] },
  'POST /api/export-schedules': { action: 'export.schedule', tells: ['name', 'format'] },
  'PATCH /api/export-schedules/:id': { action: 'export.schedule', tells: ['name', 'format'] },
  'PATCH /api/export-schedules/:id/pause': { action: 'export.schedule', tells: ['isPaused'] },
  'DELETE /api/export-schedules/:id': { action: 'export.schedule', tells: [] },
  'POST /api/export-schedules/:id/run': { action: 'export.schedule', tells: [] },
  'POST /api/export-schedules/runs/:run/retry': { action: 'export.schedule', tells: [] },
  'GET /api/export-schedules/runs/:run/file': { action: 'export', tells: [] },
  'POST /api/mail/:id/retry': { action: 'mail.retry', tells: [] },
  'POST /api/watch/:item/handled': { action: 'watch.mark', tells: [] },
  'DELETE /api/watch/:item/handled': { action: 'watch.unmark', tells: [] },
  'POST /api/personal-boards': { action: 'board.change', tells: [] },
  'PATCH /api/personal-boards/:id': { action: 'board.change', tells: ['charts'] },
  'POST /api/personal-boards/:id/charts': { action: 'board.change', tells: [] },
  'POST /api/personal-boards/:id/copy': { action: 'board.change', tells: [] },
  'DELETE /api/personal-boards/:id': { action: 'board.change', tells: [] },
  'POST /api/personal-boards/:id/restore': { action: 'board.change', tells: [] },
  'POST /api/views': { action: 'view.change', tells: [] },
  'PATCH /api/views/:id': { action: 'view.change', tells: ['isDefault'] },
  'DELETE /api/views/:id': { action: 'view.change', tells: [] },
  'POST /api/beliefs': { action: 'belief.add', tells: ['metric'] },
  'POST /api/reports': { action: 'report.make', tells: ['lang', 'boards'] },
  'GET /api/reports/:id/pdf': { action: 'export', tells: [] },
  'GET /api/metrics/:id/items/download': { action: 'export', tells: ['format'] },
  'GET /api/watch/download': { action: 'export', tells: ['format'] },
  'GET /api/boards/:board/charts/:file': { action: 'export', tells: [] },
  'GET /api/audit/download': { action: 'audit.export', tells: ['format'] },
  'PATCH /api/audit/settings': { action: 'setting.change', tells: ['keepDays'] },
};

/** What this request is in the audit log; null: nothing that is kept there. */
export function auditedRoute(request: FastifyRequest): { action: AuditAction; object: string | undefined; detail: AuditDetail } | null {
  const template = request.routeOptions.url ?? '';
  const route = auditedRoutes[`${request.method} ${template}`];
  if (!route) return null;
  const parameters = Object.values(fields(request.params));
  const object = parameters.length > 0 ? parameters.map(String).join('/') : undefined;
  const told = { ...fields(request.query), ...fields(request.body) };
  const detail = Object.fromEntries(route.tells.flatMap((name) => (Object.hasOwn(told, name) ? [[name, briefly(told[name])]] : [])));
  return { action: route.action, object, detail };
}

export function isAuditedRoute(method: string, template: string): boolean {
  return Object.hasOwn(auditedRoutes, `${method} ${template}`);
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function briefly(value: unknown): AuditDetail[string] {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
