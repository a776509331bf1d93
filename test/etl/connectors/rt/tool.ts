import type { ScriptedEvent, ScriptedField } from '../../../support/scripted-source/history.js';
import { people, teams } from '../../../support/scripted-source/history.js';
import type { Tool, ToolAnswer } from '../../../support/scripted-source/server.js';
import type { ScriptedSource, VisibleItem } from '../../../support/scripted-source/source.js';

/** Login names of the scripted people; RT calls people by them. */
export const loginOf = (person: number) => `user${person}`;

const nobody = 6;
const neverSet = '1970-01-01T00:00:00Z';
const none: ToolAnswer = { status: 404, body: { message: 'Not Found' } };

/** A Request Tracker over a scripted source, as RT 5.0 answers: teams are queues. */
export const rtTool: Tool = ({ path, query, body }, source) => {
  const resource = path.replace(/^\/REST\/2\.0/, '');
  if (resource === '/rt') return { body: { Version: '5.0.3', Plugins: [] } };
  if (resource === '/transactions') return search(query, source);
  if (resource === '/attachments') return attachments(body as Condition[], source);
  if (resource === '/queues') {
    const above = (body as Condition[]).find(({ field }) => field === 'id')?.value;
    return page(
      teams.filter(({ id }) => id > Number(above)).map(({ id, name }) => ({ id: String(id), Name: name })),
      100,
    );
  }
  const user = /^\/user\/(?:user)?(\w+)$/.exec(resource)?.[1];
  if (user !== undefined) return userOf(user === 'Nobody' ? nobody : Number(user));
  const ticket = /^\/ticket\/(\d+)$/.exec(resource)?.[1];
  return ticket === undefined ? none : ticketOf(Number(ticket), source);
};

interface Condition {
  field: string;
  value: string;
}

interface Row {
  id: number;
  item: VisibleItem;
  at: string;
  event: ScriptedEvent | null;
}

/** Numbers grow with time, over all tickets. */
function transactions(source: ScriptedSource): Row[] {
  const number = (at: string, order: number) => (Date.parse(at) / 1_000 - 1_767_225_600) * 20_000 + order;
  const rows = source
    .items()
    .flatMap((item) => [
      { id: number(item.createdAt, item.id), item, at: item.createdAt, event: null },
      ...item.events.map((event) => ({ id: number(event.at, event.id), item, at: event.at, event })),
    ]);
  return rows.sort((a, b) => a.id - b.id);
}

/** The few forms of TransactionSQL that are asked. */
function search(query: URLSearchParams, source: ScriptedSource): ToolAnswer {
  const sql = query.get('query') ?? '';
  const above = Number(/id > (\d+)/.exec(sql)?.[1] ?? 0);
  const below = Number(/id < (\d+)/.exec(sql)?.[1] ?? Infinity);
  const among = [...sql.matchAll(/ObjectId = (\d+)/g)].map((match) => Number(match[1]));
  const isFeed = among.length === 0;
  const isBound = !isFeed || source.paging !== 'stuck';
  const found = transactions(source)
    .filter(({ id }) => !isBound || (id > above && id < below))
    .filter(({ event, item }) => (isFeed ? event === null || !sql.includes("Type = 'Create'") : among.includes(item.id)));
  if (query.get('order') === 'DESC') found.reverse();
  const limit = Number(query.get('per_page'));
  const isPaged = isFeed && sql !== "ObjectType = 'RT::Ticket' AND id > 0";
  const rows = isPaged ? source.slice(found, 0, limit, query.get('order') ?? '') : found.slice(0, Math.min(limit, source.pageSize));
  return { body: { items: rows.map(transactionOf), count: rows.length, total: found.length, per_page: limit, page: 1 } };
}

const names: Record<ScriptedField, string> = { status: 'Status', team: 'Queue', person: 'Owner', due: 'Due' };

function transactionOf({ id, item, at, event }: Row) {
  const told = {
    id: String(id),
    type: 'transaction',
    _url: `http://tool/REST/2.0/transaction/${id}`,
    ObjectId: String(item.id),
    Created: seconds(at),
    Creator: { type: 'user', id: loginOf(event?.actor ?? item.author) },
    Field: '',
    OldValue: '',
    NewValue: '' as unknown,
    Data: '',
  };
  if (event === null) return { ...told, Type: 'Create' };
  if (event.kind === 'comment') return { ...told, Type: event.isPublic ? 'Correspond' : 'Comment' };
  if (event.kind === 'unknown') return { ...told, Type: 'Cheer' };
  if (event.kind === 'odd') return { ...told, Type: 'Status', Field: 'Status', NewValue: { was: ['an', 'id'] } };
  const Type = event.field === 'status' ? 'Status' : 'Set';
  return { ...told, Type, Field: names[event.field], OldValue: valueOf(event.field, event.from), NewValue: valueOf(event.field, event.to) };
}

/** Changes tell owners by number and times in UTC without saying so. */
function valueOf(field: ScriptedField, value: string | number | null): string {
  if (field === 'person') return String(value ?? nobody);
  return value === null ? '' : field === 'due' ? `${value} 12:00:00` : String(value);
}

function ticketOf(id: number, source: ScriptedSource): ToolAnswer {
  const item = source.item(id);
  if (item === 'gone') return none;
  if (item === 'hidden') return { status: 403, body: { message: 'Forbidden' } };
  const { now } = item;
  return {
    body: {
      id,
      Type: 'ticket',
      EffectiveId: { type: 'ticket', id: String(id) },
      Subject: item.title,
      Status: now.status,
      Queue: { type: 'queue', id: String(now.team ?? 1) },
      Owner: { type: 'user', id: now.person === null ? 'Nobody' : loginOf(now.person) },
      Requestor: [{ type: 'user', id: loginOf(item.customer) }],
      Cc: [],
      Priority: '0',
      Due: now.due === null ? neverSet : `${now.due}T12:00:00Z`,
      Created: seconds(item.createdAt),
      LastUpdated: seconds(item.updatedAt),
      CustomFields: [],
    },
  };
}

function attachments(asked: readonly Condition[], source: ScriptedSource): ToolAnswer {
  const wanted = new Set(asked.flatMap(({ field, value }) => (field === 'TransactionId' ? [value] : [])));
  const above = Number(asked.find(({ field }) => field === 'id')?.value ?? 0);
  const found = transactions(source).flatMap(({ id, event }) =>
    event?.kind === 'comment' && wanted.has(String(id)) && id > above ? [{ id, event }] : [],
  );
  return page(
    found.map(({ id, event }) => ({
      id: String(id),
      TransactionId: String(id),
      ContentType: 'text/plain',
      Filename: '',
      Content: event.text,
    })),
    source.pageSize,
  );
}

function userOf(id: number): ToolAnswer {
  if (id === nobody) return { body: { id, Name: 'Nobody', RealName: 'Nobody in particular', Privileged: 0 } };
  const person = people.find((found) => found.id === id);
  return { body: { id, Name: loginOf(id), RealName: person?.name ?? `Customer ${id}`, Privileged: person ? 1 : 0 } };
}

function page(rows: readonly object[], size: number): ToolAnswer {
  return { body: { items: rows.slice(0, size), count: Math.min(rows.length, size), total: rows.length, per_page: size, page: 1 } };
}

function seconds(at: string): string {
  return at.replace(/\.\d+Z$/, 'Z');
}
