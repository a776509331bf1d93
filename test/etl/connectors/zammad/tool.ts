import { customers, people, statuses, teams, type ScriptedEvent } from '../../../support/scripted-source/history.js';
import type { Tool, ToolAnswer } from '../../../support/scripted-source/server.js';
import type { ScriptedSource, VisibleItem } from '../../../support/scripted-source/source.js';

const none: ToolAnswer = { status: 404, body: { error: "Couldn't find Ticket" } };

/** A Zammad over a scripted source: people are agents, `due` is an attribute of tickets. */
export const zammadTool: Tool = ({ path, query }, source) => {
  const [, one, id] = /^\/api\/v1\/(tickets|ticket_history|ticket_articles\/by_ticket|users)\/(\d+)$/.exec(path) ?? [];
  if (one === 'users') return user(Number(id));
  if (one !== undefined) return ofTicket(one, Number(id), source);
  if (path === '/api/v1/tickets/search') return search(query, source);
  if (path === '/api/v1/tickets')
    return {
      body: page(
        source.items().sort((a, b) => a.id - b.id),
        query,
        source,
        'list',
      ).map(fields),
    };
  if (path === '/api/v1/users/me') return { body: { id: 3, login: 'reader', roles: ['Agent'] } };
  if (path === '/api/v1/ticket_states') {
    const types = ['new', 'open', 'pending reminder', 'closed'];
    return { body: statuses.map(({ id: number, name }, index) => ({ id: number, name, state_type: types[index], active: true })) };
  }
  return none;
};

function search(query: URLSearchParams, source: ScriptedSource): ToolAnswer {
  const since = /^updated_at:\["(.+)" TO \*\]$/.exec(query.get('query') ?? '')?.[1];
  const found = source.items().filter(({ updatedAt }) => since === undefined || Date.parse(updatedAt) >= Date.parse(since));
  return { body: page(found, query, source, 'search').map(fields) };
}

function page<T>(rows: readonly T[], query: URLSearchParams, source: ScriptedSource, list: string): T[] {
  const size = Math.min(Number(query.get('per_page')), source.pageSize);
  return source.slice(rows, (Number(query.get('page')) - 1) * size, size, list);
}

function ofTicket(what: string, id: number, source: ScriptedSource): ToolAnswer {
  const item = source.item(id);
  if (item === 'gone') return none;
  if (item === 'hidden') return { status: 403, body: { error: 'Not authorized' } };
  if (what === 'tickets') return { body: fields(item) };
  if (what === 'ticket_history') return { body: { history: item.events.flatMap((event) => entry(item, event)), assets: {} } };
  return { body: item.events.flatMap(article) };
}

function user(id: number): ToolAnswer {
  const found = [...people, ...customers].find((person) => person.id === id);
  if (!found) return none;
  return { body: { id, login: `user.${id}`, firstname: found.name, lastname: '', roles: [id < 50 ? 'Agent' : 'Customer'] } };
}

function fields({ id, title, createdAt, updatedAt, author, customer, now }: VisibleItem) {
  return {
    id,
    number: `4700${id}`,
    title,
    state: now.status,
    group_id: now.team,
    group: teams.find((team) => team.id === now.team)?.name ?? '-',
    priority: '2 normal',
    owner_id: now.person ?? 1,
    customer_id: customer,
    created_by_id: author,
    due: now.due,
    created_at: createdAt,
    updated_at: updatedAt,
  };
}

const attributes = { status: 'state', team: 'group', person: 'owner', due: 'due' } as const;

function entry(item: VisibleItem, event: ScriptedEvent): object[] {
  const base = { id: event.id, object: 'Ticket', o_id: item.id, created_by_id: event.actor, created_at: event.at };
  if (event.kind === 'comment') return [{ ...base, type: 'created', object: 'Ticket::Article', o_id: event.id }];
  if (event.kind === 'unknown') return [{ ...base, type: 'danced' }];
  if (event.kind === 'odd') return [{ ...base, type: 'updated', attribute: 'state', value_from: 'New', value_to: { was: ['a', 'name'] } }];
  const told = (value: string | number | null) => {
    if (event.field === 'person') return { id: value ?? 1, text: people.find((person) => person.id === value)?.name ?? '-' };
    if (event.field === 'team') return { id: value, text: teams.find((team) => team.id === value)?.name ?? '-' };
    return { id: null, text: value === null ? '' : String(value) };
  };
  const [from, to] = [told(event.from), told(event.to)];
  const values = { value_from: from.text, value_to: to.text, id_from: from.id, id_to: to.id };
  return [{ ...base, type: 'updated', attribute: attributes[event.field], ...values }];
}

function article(event: ScriptedEvent): object[] {
  if (event.kind !== 'comment') return [];
  const body = { body: event.text, content_type: 'text/plain', attachments: [] };
  return [{ id: event.id, sender: 'Agent', internal: !event.isPublic, created_by_id: event.actor, created_at: event.at, ...body }];
}
