import { customers, people, statuses, teams, type ScriptedEvent } from '../../../support/scripted-source/history.js';
import type { Tool, ToolAnswer } from '../../../support/scripted-source/server.js';
import type { ScriptedSource, VisibleItem } from '../../../support/scripted-source/source.js';

type Row = Record<string, unknown>;

/** A sys_id: 32 digits, of which the first tell the table. */
export const sysId = (table: string, number: number): string => `${table}${String(number).padStart(31, '0')}`;
export const itemId = (id: number): string => sysId('a', id);
export const teamId = (id: number): string => sysId('b', id);
export const personId = (id: number): string => sysId('c', id);

/** The Table API of a ServiceNow over a scripted source. */
export const serviceNowTool: Tool = ({ path, query }, source): ToolAnswer => {
  const table = /^\/api\/now\/table\/(\w+)$/.exec(path)?.[1] ?? '';
  const rows = tables[table]?.(source);
  if (!rows) return { status: 400, body: { error: { message: `Invalid table ${table}` } } };
  const asked = query.get('sysparm_query') ?? '';
  const found = select(rows, asked, table === 'incident' && source.paging === 'stuck');
  const offset = Number(query.get('sysparm_offset') ?? 0);
  const limit = Math.min(Number(query.get('sysparm_limit') ?? 10_000), source.pageSize);
  const result = source.slice(found, offset, limit, table);
  const shown = query.get('sysparm_display_value') === 'all' ? result.map((row) => both(row, source.zoneMinutes)) : result;
  const link: Record<string, string> =
    offset + limit < found.length ? { link: `<https://acme.service-now.com${path}?sysparm_offset=${offset + limit}>;rel="next"` } : {};
  return { body: { result: shown }, headers: { 'x-total-count': String(found.length), ...link } };
};

const tables: Record<string, (source: ScriptedSource) => Row[]> = {
  incident: (source) => source.items().map(task),
  sys_audit: (source) => source.events().flatMap(({ item, event }) => audit(item, event)),
  sys_journal_field: (source) => source.events().flatMap(({ item, event }) => journal(item, event)),
  sys_audit_delete: (source) => source.tombstones().map((id) => ({ sys_id: sysId('f', id), documentkey: itemId(id) })),
  sys_user: () => [...people, ...customers].map(({ id, name }) => ({ sys_id: personId(id), user_name: `user.${id}`, name })),
  sys_user_group: () => teams.map(({ id, name }) => ({ sys_id: teamId(id), name })),
  sys_user_has_role: () => people.map(({ id }) => ({ sys_id: sysId('9', id), 'user.user_name': `user.${id}`, 'role.name': 'itil' })),
  sys_choice: () =>
    statuses.map(({ id, name }) => ({
      sys_id: sysId('8', id),
      name: 'incident',
      element: 'state',
      language: 'en',
      inactive: 'false',
      value: String(id),
      label: name,
    })),
};

function task(item: VisibleItem): Row {
  const { id, title, createdAt, updatedAt, author, customer, now } = item;
  return {
    sys_id: itemId(id),
    number: `INC${id}`,
    short_description: title,
    sys_created_on: stored(createdAt),
    sys_created_by: `user.${author}`,
    sys_updated_on: stored(updatedAt),
    state: stateOf(now.status),
    caller_id: personId(customer),
    assignment_group: now.team === null ? '' : teamId(now.team),
    assigned_to: now.person === null ? '' : personId(now.person),
    due_date: now.due === null ? '' : `${now.due} 12:00:00`,
  };
}

const columns = { status: 'state', team: 'assignment_group', person: 'assigned_to', due: 'due_date' } as const;

function audit(item: VisibleItem, event: ScriptedEvent): Row[] {
  const base = {
    sys_id: sysId('d', event.id),
    tablename: 'incident',
    documentkey: itemId(item.id),
    user: `user.${event.actor}`,
    sys_created_on: stored(event.at),
    record_checkpoint: String(event.id),
  };
  if (event.kind === 'odd') return [{ ...base, fieldname: 'state', oldvalue: '1', newvalue: { was: ['an', 'id'] } }];
  if (event.kind !== 'change') return [];
  const value = (told: string | number | null) => {
    if (told === null) return '';
    if (event.field === 'status') return stateOf(String(told));
    if (event.field === 'due') return `${told} 12:00:00`;
    return event.field === 'team' ? teamId(Number(told)) : personId(Number(told));
  };
  return [{ ...base, fieldname: columns[event.field], oldvalue: value(event.from), newvalue: value(event.to) }];
}

function journal(item: VisibleItem, event: ScriptedEvent): Row[] {
  if (event.kind !== 'comment' && event.kind !== 'unknown') return [];
  const element = event.kind === 'unknown' ? 'cheers' : event.isPublic ? 'comments' : 'work_notes';
  return [
    {
      sys_id: sysId('e', event.id),
      name: 'incident',
      element_id: itemId(item.id),
      element,
      value: event.kind === 'comment' ? event.text : 'Hooray',
      sys_created_on: stored(event.at),
      sys_created_by: `user.${event.actor}`,
    },
  ];
}

/** An encoded query: conditions and orders, joined by `^`. Bounds are in UTC, whatever the zone of the account. */
function select(rows: Row[], query: string, isBlind: boolean): Row[] {
  const parts = query.split('^').filter((part) => part !== '');
  const orders = parts.flatMap((part) => (part.startsWith('ORDERBY') ? [part.slice(7)] : []));
  const conditions = isBlind ? [] : parts.filter((part) => !part.startsWith('ORDERBY'));
  return rows
    .filter((row) => conditions.every((condition) => holds(row, condition)))
    .sort((a, b) => orders.map((order) => compare(String(a[order]), String(b[order]))).find((sign) => sign !== 0) ?? 0);
}

function holds(row: Row, condition: string): boolean {
  const [, field = '', operator = '', value = ''] = /^([a-z_.]+)(IN|>=|>|=)(.*)$/.exec(condition) ?? [];
  const own = String(row[field] ?? '');
  if (operator === 'IN') return value.split(',').includes(own);
  if (operator === '=') return own === value;
  return operator === '>' ? own > value : own >= value;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** As stored and as shown: times in the zone of the account, ids as names. */
function both(row: Row, zoneMinutes: number): Row {
  return Object.fromEntries(
    Object.entries(row).map(([field, value]) => [field, { value, display_value: shown(field, String(value), zoneMinutes) }]),
  );
}

function shown(field: string, value: string, zoneMinutes: number): string {
  if (field === 'state') return statuses.find(({ id }) => String(id) === value)?.name ?? value;
  if (/^\d{4}-\d\d-\d\d /.test(value))
    return stored(new Date(Date.parse(`${value.replace(' ', 'T')}Z`) + zoneMinutes * 60_000).toISOString());
  const named = [
    ...teams.map((team) => [teamId(team.id), team.name]),
    ...[...people, ...customers].map((one) => [personId(one.id), one.name]),
  ];
  return named.find(([id]) => id === value)?.[1] ?? value;
}

function stateOf(status: string): string {
  return String(statuses.find(({ name }) => name === status)?.id);
}

function stored(at: string): string {
  return at.slice(0, 19).replace('T', ' ');
}
