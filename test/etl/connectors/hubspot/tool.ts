import { people, statuses, teams, type ScriptedEvent, type ScriptedField } from '../../../support/scripted-source/history.js';
import type { Tool, ToolAnswer } from '../../../support/scripted-source/server.js';
import type { ScriptedSource, VisibleItem } from '../../../support/scripted-source/source.js';

const none: ToolAnswer = { status: 404, body: { status: 'error', category: 'OBJECT_NOT_FOUND' } };
const properties: Record<ScriptedField, string> = {
  status: 'hs_pipeline_stage',
  team: 'hubspot_team_id',
  person: 'hubspot_owner_id',
  due: 'promised_until',
};

interface Asked {
  filterGroups?: { filters: { value: string }[] }[];
  limit?: number;
  after?: string;
  inputs?: { id: string }[];
  propertiesWithHistory?: string[];
}

/** A HubSpot account over a scripted source: items are tickets of one pipeline, comments are e-mails and notes; there are no deals. */
export const hubspotTool: Tool = ({ path, query, body }, source) => {
  const asked = (body ?? {}) as Asked;
  const association = /^\/crm\/v4\/associations\/tickets\/(\w+)\/batch\/read$/.exec(path);
  if (association) return associated(association[1] ?? '', asked, source);
  const objects = /^\/crm\/v3\/objects\/(\w+)(\/search|\/batch\/read|\/\d+)?$/.exec(path);
  if (objects) return answerObjects(objects[1] ?? '', objects[2], asked, query, source);
  const answers: Record<string, unknown> = {
    '/account-info/v3/details': { portalId: 4711, timeZone: 'Europe/Berlin', uiDomain: 'app.hubspot.com' },
    '/crm/v3/pipelines/deals': { results: [] },
    '/crm/v3/pipelines/tickets': { results: [{ id: '0', label: 'Support', stages: statuses.map(stageOf) }] },
    '/crm/v3/owners': { results: query.get('archived') === 'true' ? [] : people.map(ownerOf) },
    '/crm/v3/properties/tickets/promised_until': { name: 'promised_until', type: 'date' },
  };
  return path in answers ? { body: answers[path] } : none;
};

function answerObjects(type: string, how: string | undefined, asked: Asked, query: URLSearchParams, source: ScriptedSource): ToolAnswer {
  if (how === '/search') return search(type, asked, source);
  if (how === '/batch/read') {
    const all = type === 'tickets' ? source.items() : [];
    const ids = (asked.inputs ?? []).map(({ id }) => id);
    if (type === 'tickets') return { body: { results: all.filter(({ id }) => ids.includes(String(id))).map(ticketOf) } };
    return { body: { results: ids.flatMap((id) => belongingOf(type, id, source)) } };
  }
  if (type !== 'tickets') return how === undefined ? { body: { results: [] } } : none;
  if (how === undefined) {
    const all = source.items().sort((a, b) => a.id - b.id);
    const from = Number(query.get('after') ?? 0);
    const rows = all.filter(({ id }) => id > from).slice(0, source.pageSize);
    const last = rows.at(-1);
    const isMore = last !== undefined && last !== all.at(-1);
    return {
      body: { results: rows.map(({ id }) => ({ id: String(id) })), ...(isMore ? { paging: { next: { after: String(last.id) } } } : {}) },
    };
  }
  const item = source.item(Number(how.slice(1)));
  if (item === 'gone') return none;
  return item === 'hidden' ? { status: 403, body: { category: 'MISSING_SCOPES' } } : { body: ticketOf(item) };
}

function search(type: string, asked: Asked, source: ScriptedSource): ToolAnswer {
  if (type !== 'tickets') return { body: { total: 0, results: [] } };
  const from = Number(asked.filterGroups?.[0]?.filters[0]?.value ?? 0);
  const found = source.items().filter(({ updatedAt }) => Date.parse(updatedAt) >= from);
  const offset = Number(asked.after ?? 0);
  const rows = source.slice(found, offset, asked.limit);
  // A page that comes again and again leads on again and again.
  const isMore = source.paging === 'stuck' || offset + rows.length < found.length;
  const results = rows.map(({ id, updatedAt }) => ({ id: String(id), updatedAt, properties: { hs_lastmodifieddate: updatedAt } }));
  return { body: { total: found.length, results, ...(isMore ? { paging: { next: { after: String(offset + rows.length) } } } : {}) } };
}

/** Of a property without a value HubSpot has no history. */
function ticketOf(item: VisibleItem) {
  const { id, title, createdAt, updatedAt, author, now } = item;
  const kept = Object.entries(properties).map(([field, name]) => [name, pastOf(item, field as ScriptedField)] as const);
  const current = Object.entries(properties).map(([field, name]) => [name, written(field as ScriptedField, now[field as ScriptedField])]);
  return {
    id: String(id),
    properties: { ...Object.fromEntries(current), subject: title, hs_pipeline: '0', createdate: createdAt, hs_lastmodifieddate: updatedAt },
    propertiesWithHistory: Object.fromEntries(kept.filter(([, past]) => past.length > 0)),
    createdAt,
    updatedAt,
    archived: false,
    createdByUserId: author + 1_000,
  };
}

/** The latest first. */
function pastOf(item: VisibleItem, field: ScriptedField) {
  const first = item.initial[field];
  const begun =
    first === null
      ? []
      : [{ value: written(field, first), timestamp: item.createdAt, sourceType: 'CRM_UI', updatedByUserId: item.author + 1_000 }];
  const changes = item.events.flatMap((event): { value: unknown; timestamp: string; sourceType: string; updatedByUserId: number }[] => {
    const user = { timestamp: event.at, sourceType: 'CRM_UI', updatedByUserId: event.actor + 1_000 };
    if (event.kind === 'odd' && field === 'status') return [{ value: { was: ['an', 'object'] }, ...user }];
    return event.kind === 'change' && event.field === field ? [{ value: written(field, event.to), ...user }] : [];
  });
  return [...begun, ...changes].reverse();
}

function written(field: ScriptedField, value: string | number | null): string {
  if (field === 'status') return String(statuses.find(({ name }) => name === value)?.id);
  return value === null ? '' : String(value);
}

function typeOf(event: ScriptedEvent): string | undefined {
  if (event.kind === 'unknown') return 'emails';
  return event.kind === 'comment' ? (event.isPublic ? 'emails' : 'notes') : undefined;
}

function associated(type: string, asked: Asked, source: ScriptedSource): ToolAnswer {
  const results = (asked.inputs ?? []).flatMap(({ id }) => {
    const item = source.items().find((one) => String(one.id) === id);
    const ids =
      type === 'companies' ? [item?.customer] : (item?.events ?? []).filter((event) => typeOf(event) === type).map((event) => event.id);
    const to = ids.map((toObjectId) => ({ toObjectId, associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId: 1, label: null }] }));
    return to.length === 0 ? [] : [{ from: { id }, to }];
  });
  return { body: { status: 'COMPLETE', results } };
}

function belongingOf(type: string, id: string, source: ScriptedSource): object[] {
  if (type === 'companies') return [{ id, properties: { name: `Company ${id}` }, createdAt: '2025-01-01T00:00:00Z' }];
  const found = source.events().find(({ event }) => String(event.id) === id)?.event;
  if (!found) return [];
  const common = { hs_timestamp: found.at, hubspot_owner_id: String(found.actor) };
  if (found.kind === 'unknown') return [{ id, createdAt: found.at, properties: { ...common, hs_email_direction: 'PIGEON' } }];
  const text = found.kind === 'comment' ? found.text : '';
  const own =
    type === 'emails' ? { hs_email_direction: 'EMAIL', hs_email_status: 'SENT', hs_email_text: text } : { hs_note_body: `<p>${text}</p>` };
  return [{ id, createdAt: found.at, properties: { ...common, ...own } }];
}

function stageOf({ id, name, isClosed }: { id: number; name: string; isClosed: boolean }) {
  return { id: String(id), label: name, metadata: { ticketState: isClosed ? 'CLOSED' : 'OPEN', isClosed: String(isClosed) } };
}

function ownerOf({ id, name }: { id: number; name: string }) {
  const [firstName, lastName] = name.split(' ');
  return {
    id: String(id),
    userId: id + 1_000,
    firstName,
    lastName,
    teams: teams.map((team) => ({ id: String(team.id), name: team.name })),
  };
}
