import { customers, people, teams, type ScriptedEvent } from '../../../support/scripted-source/history.js';
import type { Tool, ToolAnswer } from '../../../support/scripted-source/server.js';
import type { ScriptedSource, VisibleItem } from '../../../support/scripted-source/source.js';

/** Categories of Zendesk behind the statuses of the script. */
export const categories: Record<string, string> = { New: 'new', 'In Progress': 'open', Waiting: 'pending', Closed: 'closed' };

/** A Zendesk that exports tickets by cursor and updates by time, as its documentation says. */
export const zendeskTool: Tool = ({ path, query }, source) => {
  const exported = /^\/api\/v2\/incremental\/(\w+)(?:\/(cursor))?\.json$/.exec(path);
  if (exported) return exportOf(exported[1] ?? '', query, source);
  switch (path) {
    case '/api/v2/users/me.json':
      return { body: { user: { name: 'Reader', role: 'admin', iana_time_zone: 'Europe/Berlin' } } };
    case '/api/v2/tickets/count.json':
      return { body: { count: { value: source.items().length } } };
    case '/api/v2/groups.json':
      return { body: { groups: teams, meta: { has_more: false }, links: { next: null } } };
    case '/api/v2/users/show_many.json':
      return { body: { users: (query.get('ids') ?? '').split(',').map((id) => ({ id: Number(id), role: roleOf(Number(id)) })) } };
    case '/api/v2/ticket_forms.json':
      return { body: { ticket_forms: [{ id: 77, name: 'Hardware' }] } };
    default:
      return { status: 404, body: { error: 'RecordNotFound' } };
  }
};

interface Timed {
  /** Unix seconds by which the export is ordered. */
  time: number;
  row: { id: number };
}

function exportOf(rows: string, query: URLSearchParams, source: ScriptedSource): ToolAnswer {
  const all = rowsOf(rows, source).sort((a, b) => a.time - b.time || a.row.id - b.row.id);
  if (rows === 'ticket_events' || rows === 'organizations') {
    const start = Number(query.get('start_time'));
    const page = pageOf(
      rows,
      all.filter(({ time }) => time >= start),
      source,
    );
    const end = page.reduce((latest, { time }) => Math.max(latest, time), start);
    return {
      body: { [rows]: page.map(({ row }) => row), end_time: end, count: page.length, end_of_stream: page.length < source.pageSize },
    };
  }
  const [time = 0, id = 0] = query.has('cursor')
    ? atob(query.get('cursor') ?? '')
        .split('.')
        .map(Number)
    : [Number(query.get('start_time')), -1];
  const behind = all.filter((each) => each.time > time || (each.time === time && each.row.id > id));
  const page = pageOf(rows, behind, source);
  const last = page.at(-1);
  const after = last ? btoa(`${last.time}.${last.row.id}`) : (query.get('cursor') ?? btoa(`${time}.${id}`));
  return { body: { [rows]: page.map(({ row }) => row), after_cursor: after, end_of_stream: page.length < source.pageSize } };
}

/** What hardly changes comes at once. */
function pageOf(rows: string, all: Timed[], source: ScriptedSource): Timed[] {
  return rows === 'users' || rows === 'organizations' ? all : source.slice(all, 0, source.pageSize, rows);
}

function rowsOf(rows: string, source: ScriptedSource): Timed[] {
  if (rows === 'organizations') return customers.map(({ id, name }) => ({ time: 1, row: { id, name } }));
  if (rows === 'users') return people.map(({ id, name }) => ({ time: 1, row: { id, name, role: roleOf(id) } }));
  if (rows === 'ticket_events') return source.items().flatMap(updates);
  return [...source.items().map((item) => ticketOf(item)), ...source.tombstones().map((id) => goneTicket(id, source))];
}

function ticketOf(item: VisibleItem): Timed {
  const time = seconds(item.updatedAt);
  const row = {
    id: item.id,
    url: `https://acme.zendesk.com/api/v2/tickets/${item.id}.json`,
    subject: item.title,
    status: categories[item.now.status] ?? 'new',
    created_at: item.createdAt,
    updated_at: item.updatedAt,
    generated_timestamp: time,
    requester_id: item.author,
    organization_id: item.customer,
    ticket_form_id: 77,
  };
  return { time, row };
}

/** A deleted ticket comes once more, at the time of its deletion. */
function goneTicket(id: number, source: ScriptedSource): Timed {
  const told = source.history.find((item) => item.id === id);
  const time = seconds(source.now) - 61;
  const created = told?.createdAt ?? source.now;
  const row = { id, subject: 'SCRUBBED', status: 'deleted', created_at: created, updated_at: source.now, generated_timestamp: time };
  return { time, row };
}

function updates(item: VisibleItem): Timed[] {
  const created = [
    { id: item.id * 10 + 1, event_type: 'Create', status: categories[item.initial.status] },
    ...(item.initial.team === null ? [] : [{ id: item.id * 10 + 2, event_type: 'Create', group_id: item.initial.team }]),
  ];
  return [updateOf(item, item.id, item.createdAt, item.author, created), ...item.events.map((event) => eventOf(item, event))];
}

function eventOf(item: VisibleItem, event: ScriptedEvent): Timed {
  const child = { id: event.id * 10, ...childOf(event) };
  // Late ones are exported at the time they become visible, with the time they happened.
  return { ...updateOf(item, 100_000 + event.id, event.at, event.actor, [child]), time: seconds(event.at) };
}

function childOf(event: ScriptedEvent): { event_type: string; [key: string]: unknown } {
  if (event.kind === 'comment') return { event_type: 'Comment', author_id: event.actor, public: event.isPublic, body: event.text };
  if (event.kind === 'unknown') return { event_type: 'Cheered', mood: 3 };
  if (event.kind === 'odd') return { event_type: 'Change', due_at: { was: ['an', 'object'] } };
  const field = { status: 'status', team: 'group_id', person: 'assignee_id', due: 'due_at' }[event.field];
  const to =
    event.field === 'status'
      ? categories[String(event.to)]
      : event.field === 'due' && event.to !== null
        ? `${event.to}T12:00:00Z`
        : event.to;
  return { event_type: 'Change', [field]: to };
}

function updateOf(item: VisibleItem, id: number, at: string, updater: number, children: { id: number }[]): Timed {
  const time = seconds(at);
  return {
    time,
    row: Object.assign({ id }, { ticket_id: item.id, created_at: at, timestamp: time, updater_id: updater, child_events: children }),
  };
}

function roleOf(id: number): string {
  return id >= 50 ? 'end-user' : 'agent';
}

function seconds(at: string): number {
  return Math.floor(Date.parse(at) / 1000);
}
