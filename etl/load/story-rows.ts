import { RejectedRecord, type EventRow, type ItemRow, type LinkRow, type MappedRecord } from '../connector.js';
import { connectionId as idOfConnection, entityId } from '../model/ids.js';
import { copyLine } from './copy-text.js';
import type { PageParties } from './page-parties.js';
import { compareInstants, storableInstant, storableText } from './storable.js';

export const eventColumns =
  'item_id, event_id, at, seq, kind, actor_id, actor_role, status_id, team_id, person_id, due_at, asked_by_customer, side, is_public, is_bot, rating, record_id';
export const messageColumns = 'item_id, event_id, body, language, attachments';
export const aliasColumns = 'item_id, alias_id, record_id';
export const linkColumns = 'item_id, other_item_id, kind, at, record_id';
export const itemColumns =
  'item_id, connection_id, external_id, as_of_at, as_of_seq, title, url, type, service, channel, priority, language, customer_id, created_at, started_at, finished_at, finish_is_explicit, excluded, attributes, record_id, deleted_at';

/** An item as one record describes it; of several the later holds. */
export interface Description {
  itemId: string;
  recordId: string;
  row: ItemRow;
  line: string;
}

/** What one record adds to the story of its item, ready to be copied. */
export interface StoryRows {
  description: Description | null;
  events: { key: string; line: string }[];
  messages: { key: string; line: string }[];
  links: { key: string; line: string }[];
  aliases: { key: string; line: string }[];
  latestAt: string | null;
}

/** Checks every value and makes the source's ids ours. Throws `RejectedRecord` for what the database could not keep. */
export function storyRows(connection: string, recordId: string, mapped: MappedRecord, parties: PageParties, seenAt: string): StoryRows {
  const { item, events = [], links = [] } = mapped;
  if (!item && (events.length > 0 || links.length > 0)) {
    throw new RejectedRecord('no_item', 'The record tells events or links, but of no item.');
  }
  const itemId = item ? entityId(connection, 'item', storableText(item.externalId, 'item id')) : '';
  const rows: StoryRows = { description: null, events: [], messages: [], links: [], aliases: [], latestAt: null };
  for (const event of events) {
    const eventId = entityId(connection, 'event', event.externalId);
    rows.events.push({ key: itemId + eventId, line: eventLine(connection, itemId, eventId, recordId, event, parties) });
    if (event.message) rows.messages.push({ key: itemId + eventId, line: messageLine(itemId, eventId, event.message) });
    rows.latestAt = later(rows.latestAt, event.at);
  }
  for (const link of links) {
    const otherId = entityId(link.to.connection ? idOfConnection(link.to.connection) : connection, 'item', link.to.externalId);
    rows.links.push({ key: itemId + otherId + link.kind, line: linkLine(itemId, otherId, link, recordId) });
  }
  for (const alias of item?.aliases ?? []) {
    const aliasId = entityId(connection, 'item', storableText(alias, 'alias'));
    rows.aliases.push({ key: itemId + aliasId, line: copyLine([itemId, aliasId, recordId]) });
  }
  if (item) {
    rows.description = { itemId, recordId, row: item, line: itemLine(connection, itemId, item, recordId, parties) };
    for (const at of [item.createdAt, item.startedAt, item.finishedAt]) rows.latestAt = at ? later(rows.latestAt, at) : rows.latestAt;
  }
  const describedAt = item ? item.asOfAt : (rows.latestAt ?? seenAt);
  for (const person of mapped.people ?? []) parties.describePerson(person, describedAt);
  for (const team of mapped.teams ?? []) parties.describeTeam(team, describedAt);
  for (const customer of mapped.customers ?? []) parties.describeCustomer(customer, describedAt);
  return rows;
}

/** True when `a` holds over `b`. */
export function isLater(a: Description, b: Description): boolean {
  const order = compareInstants(a.row.asOfAt, b.row.asOfAt) || a.row.asOfSeq - b.row.asOfSeq;
  return order === 0 ? a.recordId > b.recordId : order > 0;
}

function eventLine(connection: string, itemId: string, eventId: string, recordId: string, event: EventRow, parties: PageParties): string {
  if (!Number.isSafeInteger(event.seq)) throw new RejectedRecord('bad_order', `The event's place ${event.seq} is not a whole number.`);
  if (event.rating !== undefined && !(event.rating >= 0 && event.rating <= 1)) {
    throw new RejectedRecord('bad_rating', `The rating ${event.rating} is not between 0 and 1.`);
  }
  return copyLine([
    itemId,
    eventId,
    storableInstant(event.at, 'event time'),
    event.seq,
    event.kind,
    event.actor?.id === undefined ? null : parties.person(event.actor.id),
    event.actor?.role,
    event.status === undefined ? null : parties.status(event.status),
    event.team === undefined ? null : parties.team(event.team),
    event.person === undefined ? null : parties.person(event.person),
    event.dueAt ? storableInstant(event.dueAt, 'due date') : null,
    event.askedByCustomer,
    event.side,
    event.isPublic,
    event.isBot,
    event.rating,
    recordId,
  ]);
}

function messageLine(itemId: string, eventId: string, message: NonNullable<EventRow['message']>): string {
  const attachments = (message.attachments ?? []).map((name) => `"${storableText(name, 'attachment').replace(/["\\]/g, '\\$&')}"`);
  return copyLine([itemId, eventId, storableText(message.body, 'message'), message.language, `{${attachments.join(',')}}`]);
}

function linkLine(itemId: string, otherId: string, link: LinkRow, recordId: string): string {
  return copyLine([itemId, otherId, link.kind, storableInstant(link.at, 'link time'), recordId]);
}

function itemLine(connection: string, itemId: string, item: ItemRow, recordId: string, parties: PageParties): string {
  const optional = (value: string | undefined, field: string) => (value === undefined ? null : storableText(value, field));
  const instant = (value: string | undefined, field: string) => (value === undefined ? null : storableInstant(value, field));
  return copyLine([
    itemId,
    connection,
    item.externalId,
    storableInstant(item.asOfAt, 'item time'),
    item.asOfSeq,
    optional(item.title, 'title'),
    optional(item.url, 'url'),
    storableText(item.type, 'type'),
    optional(item.service, 'service'),
    optional(item.channel, 'channel'),
    optional(item.priority, 'priority'),
    optional(item.language, 'language'),
    item.customer === undefined ? null : parties.customer(item.customer),
    instant(item.createdAt, 'created'),
    instant(item.startedAt, 'started'),
    instant(item.finishedAt, 'finished'),
    item.finishIsExplicit ?? false,
    item.excluded,
    item.attributes ? JSON.stringify(item.attributes) : null,
    recordId,
    instant(item.deletedAt, 'deleted'),
  ]);
}

function later(a: string | null, b: string): string {
  return a === null || compareInstants(b, a) > 0 ? b : a;
}
