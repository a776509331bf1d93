import { people, statuses, type ScriptedEvent, type ScriptedField } from '../../../support/scripted-source/history.js';
import type { Tool, ToolAnswer, ToolRequest } from '../../../support/scripted-source/server.js';
import type { ScriptedSource, VisibleItem } from '../../../support/scripted-source/source.js';

type Kind = 'cloud' | 'data-center';

const none: ToolAnswer = { status: 404, body: { errorMessages: ['Issue does not exist or you do not have permission to see it.'] } };

/** Zones without clock changes, by minutes east of UTC. */
const zones: Record<number, string> = {
  [-720]: 'Etc/GMT+12',
  [-570]: 'Pacific/Marquesas',
  [-180]: 'Etc/GMT+3',
  0: 'UTC',
  270: 'Asia/Kabul',
  345: 'Asia/Kathmandu',
  840: 'Etc/GMT-14',
};

/** A Jira over a scripted source: teams are projects, and times are those of the account's zone, in JQL by the minute. */
export const jiraTool =
  (kind: Kind): Tool =>
  (request, source) => {
    const api = kind === 'cloud' ? '/rest/api/3/' : '/rest/api/2/';
    if (request.path === '/rest/api/2/serverInfo')
      return { body: { version: '10.3.1', deploymentType: kind === 'cloud' ? 'Cloud' : 'Server' } };
    if (!request.path.startsWith(api)) return { status: 404, body: { message: `no such resource: ${request.path}` } };
    const path = request.path.slice(api.length);
    const issue = /^issue\/(\d+)$/.exec(path);
    if (issue) return one(kind, Number(issue[1]), request, source);
    if (path === 'search/jql' && kind === 'cloud') return searchByToken(request, source);
    if (path === 'search' && kind === 'data-center') return searchByOffset(request, source);
    if (path === 'changelog/bulkfetch' && kind === 'cloud') return changelogs(request, source);
    if (path === 'auditing/record' && kind === 'cloud') return audit(request, source);
    const answers: Record<string, unknown> = {
      serverInfo: { version: '10.3.1', deploymentType: kind === 'cloud' ? 'Cloud' : 'Server' },
      myself: { displayName: 'Reader', timeZone: zones[source.zoneMinutes] },
      mypermissions: { permissions: { BROWSE_PROJECTS: { havePermission: true }, ADMINISTER: { havePermission: true } } },
      status: statuses.map(({ id, name, isClosed }) => ({
        id: String(id),
        name,
        statusCategory: { key: isClosed ? 'done' : id === 1 ? 'new' : 'indeterminate' },
      })),
      field: [{ id: 'duedate', name: 'Due date', schema: { type: 'date', system: 'duedate' } }],
      'search/approximate-count': { count: source.items().length },
    };
    return path in answers ? { body: answers[path] } : none;
  };

/** What a search asks for, in its order: `created < "…"` downwards or `updated >= "…"` upwards. */
function found(jql: string, source: ScriptedSource): { items: VisibleItem[]; timeOf: (item: VisibleItem) => number; sign: 1 | -1 } {
  const [, field, operator, local] = /^(created|updated) (<|>=) "([^"]+)" ORDER BY \w+ (?:ASC|DESC), key (?:ASC|DESC)$/.exec(jql) ?? [];
  const everything = /^created >= "1970-01-01" ORDER BY created DESC$/.test(jql);
  if (!everything && local === undefined) throw new Error(`The search is not understood: ${jql}`);
  const bound = local === undefined ? Infinity : Date.parse(`${local.replace(' ', 'T')}Z`) - source.zoneMinutes * 60_000;
  const isUpwards = operator === '>=' && field === 'updated';
  const timeOf = (item: VisibleItem) => Date.parse(isUpwards ? item.updatedAt : item.createdAt);
  const sign = isUpwards ? 1 : -1;
  const items = source.items().filter((item) => (isUpwards ? timeOf(item) >= bound : timeOf(item) < bound));
  return { items: items.sort((a, b) => sign * (timeOf(a) - timeOf(b) || a.id - b.id)), timeOf, sign };
}

/** The token stands for the last row of a page: its time and number. */
function searchByToken({ body }: ToolRequest, source: ScriptedSource): ToolAnswer {
  const { jql, maxResults, nextPageToken } = body as { jql: string; maxResults: number; nextPageToken?: string };
  const { items, timeOf, sign } = found(jql, source);
  const [time, id] = nextPageToken === undefined ? [-sign * Infinity, 0] : atob(nextPageToken).split('.').map(Number);
  const isBehind = (item: VisibleItem) =>
    sign * (timeOf(item) - (time ?? 0)) > 0 || (timeOf(item) === time && sign * (item.id - (id ?? 0)) > 0);
  const rows = source.slice(items.filter(isBehind), 0, maxResults);
  const last = [...rows].sort((a, b) => sign * (timeOf(a) - timeOf(b) || a.id - b.id)).at(-1);
  const isLast = last === undefined || (last.id === items.at(-1)?.id && source.paging !== 'stuck');
  const token = last === undefined || isLast ? undefined : btoa(`${timeOf(last)}.${last.id}`);
  return { body: { issues: rows.map((item) => fields(item, source)), isLast, ...(token === undefined ? {} : { nextPageToken: token }) } };
}

function searchByOffset({ query }: ToolRequest, source: ScriptedSource): ToolAnswer {
  const { items } = found(query.get('jql') ?? '', source);
  const startAt = Number(query.get('startAt'));
  const rows = source.slice(items, startAt, Number(query.get('maxResults')));
  const isWhole = query.get('expand') === 'changelog';
  const issues = rows.map((item) => ({ ...fields(item, source), ...(isWhole ? { changelog: inline(item, source) } : {}) }));
  return { body: { startAt, maxResults: source.pageSize, total: items.length, issues } };
}

/** Newest first, and cut short as searches do it. */
function inline(item: VisibleItem, source: ScriptedSource) {
  const all = histories(item, source);
  return { startAt: 0, maxResults: 3, total: all.length, histories: all.toReversed().slice(0, 3) };
}

function one(kind: Kind, id: number, { query }: ToolRequest, source: ScriptedSource): ToolAnswer {
  const item = source.item(id);
  if (item === 'gone' || (item === 'hidden' && kind === 'cloud')) return none;
  if (item === 'hidden') return { status: 403, body: { errorMessages: ['You do not have the permission to see the specified issue.'] } };
  const all = histories(item, source);
  const changelog = query.get('expand') === 'changelog' ? { changelog: { total: all.length, histories: all } } : {};
  return { body: { id: String(id), key: `SUP-${id}`, fields: {}, ...changelog } };
}

/** Two histories a page, so that an issue's go on behind a token. */
function changelogs({ body }: ToolRequest, source: ScriptedSource): ToolAnswer {
  const { issueIdsOrKeys, nextPageToken } = body as { issueIdsOrKeys: string[]; nextPageToken?: string };
  const all = issueIdsOrKeys.flatMap((id) => {
    const item = source.item(Number(id));
    return typeof item === 'string' ? [] : histories(item, source).map((history) => ({ issueId: id, changeHistories: [history] }));
  });
  const from = Number(nextPageToken ?? 0);
  const next = from + 20;
  return { body: { issueChangeLogs: all.slice(from, next), ...(next < all.length ? { nextPageToken: String(next) } : {}) } };
}

function audit({ query }: ToolRequest, source: ScriptedSource): ToolAnswer {
  const records = source
    .tombstones()
    .map((id) => ({ summary: 'Deleted Jira issue', objectItem: { name: `SUP-${id}`, typeName: 'ISSUE_DELETE' } }))
    .filter(({ objectItem }) => objectItem.name.includes(query.get('filter') ?? ''));
  return { body: { offset: 0, limit: 1000, total: records.length, records } };
}

function fields(item: VisibleItem, source: ScriptedSource) {
  const { id, now } = item;
  const status = statuses.find(({ name }) => name === now.status);
  const comments = item.events.flatMap((event) => (event.kind === 'comment' ? [commentOf(event, source)] : []));
  return {
    id: String(id),
    key: `SUP-${id}`,
    self: `http://127.0.0.1/rest/api/3/issue/${id}`,
    fields: {
      summary: item.title,
      created: local(item.createdAt, source),
      updated: local(item.updatedAt, source),
      status: { id: String(status?.id), name: now.status },
      project: { id: String(now.team), key: 'SUP', name: `Team ${now.team}`, projectTypeKey: 'service_desk' },
      issuetype: { name: 'Request' },
      priority: { name: 'Medium' },
      creator: userOf(item.author),
      reporter: userOf(item.author),
      assignee: now.person === null ? null : userOf(now.person),
      duedate: now.due,
      description: null,
      comment: { comments, total: comments.length, startAt: 0, maxResults: 5000 },
    },
  };
}

function histories(item: VisibleItem, source: ScriptedSource) {
  return item.events.flatMap((event) =>
    event.kind === 'comment'
      ? []
      : [{ id: String(event.id), author: userOf(event.actor), created: local(event.at, source), items: [changeOf(event)] }],
  );
}

const names: Record<ScriptedField, string> = { status: 'status', team: 'project', person: 'assignee', due: 'duedate' };

function changeOf(event: Exclude<ScriptedEvent, { kind: 'comment' }>) {
  if (event.kind === 'unknown') return { field: 'mood', fieldtype: 'mood', from: null, to: '3', fromString: null, toString: 'cheerful' };
  if (event.kind === 'odd') return { field: 'status', fieldId: 'status', fieldtype: 'jira', from: '1', to: { was: ['an', 'id'] } };
  const told = (value: string | number | null) => {
    if (value === null) return null;
    return event.field === 'status' ? String(statuses.find(({ name }) => name === value)?.id) : String(value);
  };
  const field = names[event.field];
  const texts = { fromString: event.from === null ? null : String(event.from), toString: event.to === null ? null : String(event.to) };
  return { field, fieldId: field, fieldtype: 'jira', from: told(event.from), to: told(event.to), ...texts };
}

function commentOf(event: ScriptedEvent & { kind: 'comment' }, source: ScriptedSource) {
  const body = { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text: event.text }] }] };
  return { id: String(event.id), author: userOf(event.actor), created: local(event.at, source), body, jsdPublic: event.isPublic };
}

function userOf(id: number) {
  const accountType = id >= 50 ? 'customer' : 'atlassian';
  return { accountId: String(id), displayName: people.find((person) => person.id === id)?.name ?? `Customer ${id}`, accountType };
}

/** As Jira writes it: `2026-01-05T14:30:00.000+0545`. */
function local(at: string, { zoneMinutes }: ScriptedSource): string {
  const shown = new Date(Date.parse(at) + zoneMinutes * 60_000).toISOString().slice(0, -1);
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.abs(zoneMinutes);
  return `${shown}${zoneMinutes < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
}
