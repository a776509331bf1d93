import { nobody, type EventRow, type Json, type MappedRecord } from '../../connector.js';
import { dueInstant } from '../due-date.js';
import { linksInAll } from '../tool-links.js';
import { updateRecordSchema, type ChildEvent, type UpdateRecord, type ZendeskConfig } from './payload.js';

/** An item known from its updates alone is described as of before everything, so that the ticket itself always holds. */
const beforeEverything = '1970-01-01T00:00:00Z';
/** Changes that say nothing of status, owner, promise or words. */
const saysNothing = new Set([
  'Notification',
  'Cc',
  'Error',
  'External',
  'FollowerNotification',
  'NotificationWithCcs',
  'AgentMacroReference',
  'Push',
]);
const sideOf: Record<string, 'customer' | 'team'> = { 'end-user': 'customer', agent: 'team', admin: 'team' };

/** One update of a ticket as events: its creation, each changed field, a comment, a rating. */
export function mapUpdate(config: ZendeskConfig, payload: Json): MappedRecord {
  const record = updateRecordSchema.parse(payload);
  const { update } = record;
  const item = { externalId: String(update.ticket_id), asOfAt: beforeEverything, asOfSeq: 0, type: 'ticket' };
  const events: EventRow[] = [];
  const warnings: string[] = [];
  const created = update.child_events.filter((child) => child.event_type === 'Create');
  if (created.length > 0) events.push(...creation(config, record, created));
  for (const child of update.child_events) {
    if (child.event_type === 'Change') events.push(...change(config, record, child));
    else if (child.event_type === 'Comment') events.push(comment(record, child, warnings));
    else if (isRating(child)) events.push(...rated(record, child));
    else if (child.event_type === 'CommentPrivacyChange') warnings.push('comment_visibility_changed');
    else if (child.event_type !== 'Create' && !saysNothing.has(child.event_type)) warnings.push(`unknown_kind:${child.event_type}`);
  }
  const texts = events.flatMap(({ at, message }) => (message ? [{ at, text: message.body }] : []));
  return { item, events, links: linksInAll(texts, config.linkedTools), warnings };
}

function base({ update }: UpdateRecord, child: ChildEvent): Pick<EventRow, 'externalId' | 'at' | 'seq'> & Partial<EventRow> {
  const at = update.created_at ?? new Date(update.timestamp * 1000).toISOString();
  return { externalId: `audit ${update.id} ${child.id}`, at, seq: child.id };
}

/** The initial values in one event; a ticket without group or assignee begins with nobody. */
function creation(config: ZendeskConfig, record: UpdateRecord, created: ChildEvent[]): EventRow[] {
  const [first] = created;
  if (!first) return [];
  const values = Object.assign({}, ...created.map(({ via: _via, ...child }) => child)) as Record<string, Json>;
  const actor = actorOf(record, record.update.updater_id);
  const start: EventRow = {
    ...base(record, first),
    kind: 'created',
    team: idIn(values['group_id']),
    person: idIn(values['assignee_id']),
    ...(actor ? { actor } : {}),
  };
  if (typeof values['status'] === 'string') start.status = values['status'];
  const due = created.flatMap((child) => promise(config, record, child)).filter((event) => event.dueAt !== null);
  return [start, ...due];
}

function change(config: ZendeskConfig, record: UpdateRecord, child: ChildEvent): EventRow[] {
  const actor = actorOf(record, record.update.updater_id);
  const event: EventRow = { ...base(record, child), kind: 'changed', ...(actor ? { actor } : {}) };
  if (typeof child['status'] === 'string') event.status = child['status'];
  if ('group_id' in child) event.team = idIn(child['group_id']);
  if ('assignee_id' in child) event.person = idIn(child['assignee_id']);
  const says = event.status !== undefined || event.team !== undefined || event.person !== undefined;
  return [...(says ? [event] : []), ...promise(config, record, child)];
}

function promise(config: ZendeskConfig, record: UpdateRecord, child: ChildEvent): EventRow[] {
  const value = promisedIn(config, child);
  if (value === undefined) return [];
  const place = base(record, child);
  return [{ ...place, externalId: `${place.externalId} due`, kind: 'promised', dueAt: value }];
}

/** The date given to the customer, null where it is taken away, undefined where the child says nothing of it. */
function promisedIn(config: ZendeskConfig, child: ChildEvent): string | null | undefined {
  const fields = child['custom_ticket_fields'] as Record<string, Json> | null | undefined;
  const value = config.dueField === undefined ? child['due_at'] : (fields?.[config.dueField] ?? child[String(config.dueField)]);
  if (value === undefined) return config.dueField !== undefined && fields && String(config.dueField) in fields ? null : undefined;
  if (value === null || value === '') return null;
  return dueInstant(config, typeof value === 'string' ? value : JSON.stringify(value));
}

function comment(record: UpdateRecord, child: ChildEvent, warnings: string[]): EventRow {
  const author = typeof child['author_id'] === 'number' ? child['author_id'] : (record.update.updater_id ?? null);
  const role = author === null ? undefined : record.roles[author];
  const isSystem = author === null || author < 0;
  const side = isSystem ? 'system' : role === undefined ? 'team' : (sideOf[role] ?? 'team');
  if (!isSystem && role === undefined) warnings.push('author_role_unknown');
  const isPublic = child['public'] ?? child['comment_public'];
  const body = child['plain_body'] ?? child['body'];
  const actor = actorOf(record, author);
  return {
    ...base(record, child),
    kind: 'said',
    side,
    isPublic: isPublic !== false,
    isBot: isSystem,
    ...(actor ? { actor } : {}),
    ...(typeof body === 'string' ? { message: { body, attachments: attachmentsOf(child) } } : {}),
  };
}

function attachmentsOf(child: ChildEvent): string[] {
  const list = Array.isArray(child['attachments']) ? (child['attachments'] as { file_name?: unknown }[]) : [];
  return list.flatMap(({ file_name: name }) => (typeof name === 'string' ? [name] : []));
}

function isRating(child: ChildEvent): boolean {
  return child.event_type === 'SatisfactionRating';
}

function rated(record: UpdateRecord, child: ChildEvent): EventRow[] {
  const score = child['score'];
  if (score !== 'good' && score !== 'bad') return [];
  return [{ ...base(record, child), kind: 'rated', rating: score === 'good' ? 1 : 0 }];
}

/** Ids below zero are Zendesk itself: triggers, automations. */
function actorOf(record: UpdateRecord, key: number | null | undefined): EventRow['actor'] {
  if (key === null || key === undefined) return undefined;
  if (key < 0) return { role: 'system' };
  const side = sideOf[record.roles[key] ?? ''];
  return { id: String(key), role: side === 'customer' ? 'customer' : side === 'team' ? 'agent' : 'unknown' };
}

/** Ids of fields come as numbers, or as texts in some changes. */
function idIn(value: unknown): string | typeof nobody {
  return value === null || value === undefined || value === '' ? nobody : String(value);
}
