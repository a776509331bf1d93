import { people, teams, type ScriptedEvent } from '../../../support/scripted-source/history.js';
import type { Tool, ToolAnswer } from '../../../support/scripted-source/server.js';
import type { ScriptedSource, VisibleItem } from '../../../support/scripted-source/source.js';

const none: ToolAnswer = { status: 404, body: { type: 'error.list', errors: [{ code: 'not_found' }] } };

interface Search {
  query: { value: { value: number }[] };
  pagination: { per_page: number; starting_after?: string };
}

/** An Intercom over a scripted source: conversations begin with nobody, first owners come as parts. */
export const intercomTool: Tool = ({ method, path, body }, source) => {
  if (method === 'POST' && path === '/conversations/search') return search(body as Search, source);
  const id = /^\/conversations\/(\d+)$/.exec(path)?.[1];
  if (id !== undefined) return one(Number(id), source);
  const answers: Record<string, unknown> = {
    '/me': { type: 'admin', id: '3', name: 'Reader', app: { id_code: 'acme1', name: 'Acme', timezone: 'UTC' } },
    '/teams': { type: 'team.list', teams: teams.map(({ id: team, name }) => ({ type: 'team', id: String(team), name })) },
    '/admins': { type: 'admin.list', admins: people.map(({ id: admin, name }) => ({ type: 'admin', id: String(admin), name })) },
  };
  return path in answers ? { body: answers[path] } : none;
};

/** The cursor of Intercom is the time and number of the last row shown. */
function search({ query, pagination }: Search, source: ScriptedSource): ToolAnswer {
  const since = query.value[0]?.value ?? 0;
  const [afterAt = -1, afterId = -1] = (pagination.starting_after ?? '').split(' ').filter(Boolean).map(Number);
  const all = source.items().filter(({ updatedAt }) => seconds(updatedAt) >= since);
  const found = all.filter((item) => seconds(item.updatedAt) > afterAt || (seconds(item.updatedAt) === afterAt && item.id > afterId));
  const rows = source.slice(found, 0, pagination.per_page, 'search');
  const last = [...rows].sort((a, b) => seconds(a.updatedAt) - seconds(b.updatedAt) || a.id - b.id).at(-1);
  const isMore = last !== undefined && found.at(-1)?.id !== last.id;
  const next = isMore ? { starting_after: `${seconds(last.updatedAt)} ${last.id}` } : null;
  return { body: { type: 'conversation.list', conversations: rows.map(fields), total_count: all.length, pages: { type: 'pages', next } } };
}

function one(id: number, source: ScriptedSource): ToolAnswer {
  const item = source.item(id);
  if (item === 'gone') return none;
  if (item === 'hidden') return { status: 403, body: { type: 'error.list', errors: [{ code: 'forbidden' }] } };
  const parts = [...openingParts(item), ...item.events.flatMap(part)];
  return { body: { ...fields(item), conversation_parts: { conversation_parts: parts, total_count: parts.length } } };
}

function fields({ id, title, createdAt, updatedAt, customer, now }: VisibleItem) {
  return {
    type: 'conversation',
    id: String(id),
    title,
    created_at: seconds(createdAt),
    updated_at: seconds(updatedAt),
    state: 'open',
    team_assignee_id: now.team,
    admin_assignee_id: now.person,
    source: { type: 'email', id: `s${id}`, subject: title, body: '', author: { type: 'user', id: `u${customer}`, name: 'Someone' } },
    contacts: { contacts: [{ type: 'contact', id: `u${customer}` }] },
  };
}

function openingParts({ id, createdAt, author, initial }: VisibleItem): object[] {
  const base = {
    type: 'conversation_part',
    part_type: 'assignment',
    created_at: seconds(createdAt),
    author: { type: 'admin', id: String(author) },
  };
  return [
    ...(initial.team === null ? [] : [{ ...base, id: String(id * 2), assigned_to: { type: 'team', id: String(initial.team) } }]),
    ...(initial.person === null ? [] : [{ ...base, id: String(id * 2 + 1), assigned_to: { type: 'admin', id: String(initial.person) } }]),
  ];
}

function part(event: ScriptedEvent): object[] {
  const base = {
    type: 'conversation_part',
    id: String(event.id),
    created_at: seconds(event.at),
    author: { type: 'admin', id: String(event.actor) },
  };
  if (event.kind === 'comment') return [{ ...base, part_type: event.isPublic ? 'comment' : 'note', body: `<p>${event.text}</p>` }];
  if (event.kind === 'unknown') return [{ ...base, part_type: 'danced' }];
  if (event.kind === 'odd') return [{ ...base, part_type: 'assignment', assigned_to: { type: 'team', id: { was: ['a', 'number'] } } }];
  if (event.field !== 'team' && event.field !== 'person') return [{ ...base, part_type: 'conversation_attribute_updated_by_admin' }];
  const kind = event.field === 'team' ? 'team' : 'admin';
  const assigned_to = event.to === null ? { type: `nobody_${kind}`, id: null } : { type: kind, id: String(event.to) };
  return [{ ...base, part_type: 'assignment', assigned_to }];
}

function seconds(at: string): number {
  return Math.floor(Date.parse(at) / 1000);
}
