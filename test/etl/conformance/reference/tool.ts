import type { ScriptedEvent } from '../../../support/scripted-source/history.js';
import { statuses } from '../../../support/scripted-source/history.js';
import type { VisibleItem } from '../../../support/scripted-source/source.js';
import type { Tool } from '../../../support/scripted-source/server.js';

/**
 * The plainest tool there can be: a list ordered by time of change, `GET /items?since=&offset=&limit=`, the log of an item
 * under `/items/:id`, and `/ids`. It asks for `x-token`.
 */
export const referenceTool: Tool = ({ path, query }, source) => {
  if (path === '/me') return { body: { name: 'Reader' } };
  if (path === '/ids') return { body: source.items().map(({ id }) => id) };
  const one = /^\/items\/(\d+)$/.exec(path);
  if (one) {
    const item = source.item(Number(one[1]));
    if (item === 'gone') return { status: 404, body: { error: 'no such item' } };
    if (item === 'hidden') return { status: 403, body: { error: 'not yours' } };
    return { body: item.events.map(logLine) };
  }
  if (path !== '/items') return { status: 404, body: { error: `no ${path}` } };
  const since = query.get('since');
  const rows = source.items().filter(({ updatedAt }) => since === null || Date.parse(updatedAt) >= Date.parse(since));
  return { body: source.slice(rows, Number(query.get('offset')), Number(query.get('limit'))).map(listed) };
};

function listed({ id, title, createdAt, updatedAt, initial, author, customer }: VisibleItem) {
  return { id, title, created: createdAt, updated: updatedAt, author, customer, initial: { ...initial, status: statusId(initial.status) } };
}

function logLine(event: ScriptedEvent) {
  const { id, at, actor } = event;
  if (event.kind === 'comment') return { id, at, actor, type: event.isPublic ? 'reply' : 'note', text: event.text };
  if (event.kind === 'unknown') return { id, at, actor, type: 'cheered', mood: 3 };
  if (event.kind === 'odd') return { id, at, actor, type: 'status', to: { was: ['an', 'id'] } };
  return { id, at, actor, type: event.field, to: event.field === 'status' ? statusId(String(event.to)) : event.to };
}

function statusId(name: string): number {
  return statuses.find((status) => status.name === name)?.id ?? 0;
}
