import type { EventRow, ItemRow, LinkRow, MappedRecord, RawRecord } from '../../connector.js';
import { dueInstant } from '../due-date.js';
import { textOfHtml } from '../html-text.js';
import { tellStory, type StoryChange, type StoryMessage, type StoryValues } from '../item-story.js';
import { readRecord } from '../read-record.js';
import { linksInAll } from '../tool-links.js';
import { recordSchema, systemUser, type Article, type Entry, type Ticket, type ZammadConfig, type ZammadRecord } from './payload.js';

/** Kinds of entries that change no field that is followed. */
const otherKinds =
  /^(created|updated|added|removed|received_merge|merged_into|notification|email|reminder_pending|escalation|escalation_warning|time_trigger_performed|checklist_item_checked|checklist_item_unchecked)$/;

/** One ticket with its history and articles. https://docs.zammad.org/en/latest/api/ticket/index.html */
export function mapTicket(config: ZammadConfig, record: RawRecord): MappedRecord {
  const told = readRecord('Zammad', recordSchema, record);
  const { ticket, history, articles, people } = told;
  const own = history.filter(({ object }) => object === 'Ticket');
  const author = actorOf(told, ticket.created_by_id);
  const story = tellStory({
    id: String(ticket.id),
    createdAt: ticket.created_at,
    updatedAt: ticket.updated_at,
    ...(author.actor ? { author: author.actor } : {}),
    now: {
      status: ticket.state,
      team: String(ticket.group_id),
      person: ownerOf(ticket.owner_id),
      ...(config.dueField === undefined ? {} : { due: dueOf(config, textOf(ticket[config.dueField])) }),
    },
    changes: own.flatMap((entry) => changeOf(config, told, entry)),
    messages: articles.map((article) => messageOf(told, article)),
  });
  const customer = customerOf(config, told);
  const teams = new Map([[String(ticket.group_id), ticket.group]]);
  for (const { attribute, id_from, id_to, value_from, value_to } of own) {
    if (attribute !== 'group') continue;
    if (id_from && value_from && !teams.has(String(id_from))) teams.set(String(id_from), value_from);
    if (id_to && value_to && !teams.has(String(id_to))) teams.set(String(id_to), value_to);
  }
  return {
    item: describe(config, ticket, customer?.externalId),
    events: story.events,
    links: [...own.flatMap(linkOf), ...linksInAll(textsOf(ticket, articles), config.linkedTools)],
    people: Object.entries(people).flatMap(([externalId, { name, isStaff }]) => (isStaff ? [{ externalId, name }] : [])),
    teams: [...teams].map(([externalId, name]) => ({ externalId, name })),
    customers: customer ? [customer] : [],
    warnings: [...story.warnings, ...history.filter(({ type }) => !otherKinds.test(type)).map(({ type }) => `unknown_kind:${type}`)],
  };
}

/** Articles as they were written, since addresses may stand behind words; attributes of the account's own among the fields. */
function textsOf(ticket: Ticket, articles: readonly Article[]): { text: string; at: string }[] {
  const fields = Object.values(ticket).filter((value) => typeof value === 'string');
  return [{ text: fields.join('\n'), at: ticket.created_at }, ...articles.map(({ body, created_at: at }) => ({ text: body ?? '', at }))];
}

function changeOf(config: ZammadConfig, told: ZammadRecord, entry: Entry): StoryChange[] {
  if (entry.type !== 'updated') return [];
  const values = valuesOf(config, entry);
  const step = { id: `history:${entry.id}`, at: entry.created_at, order: entry.id, ...actorOf(told, entry.created_by_id) };
  return values ? [{ ...step, ...values }] : [];
}

function valuesOf(config: ZammadConfig, entry: Entry): { field: keyof StoryValues; from: string | null; to: string | null } | null {
  const { attribute, value_from, value_to, id_from, id_to } = entry;
  if (attribute === 'state') return { field: 'status', from: textOf(value_from), to: textOf(value_to) };
  if (attribute === 'group') return { field: 'team', from: id_from ? String(id_from) : null, to: id_to ? String(id_to) : null };
  if (attribute === 'owner') return { field: 'person', from: ownerOf(id_from), to: ownerOf(id_to) };
  if (config.dueField !== undefined && attribute === config.dueField)
    return { field: 'due', from: dueOf(config, textOf(value_from)), to: dueOf(config, textOf(value_to)) };
  return null;
}

function messageOf(told: ZammadRecord, article: Article): StoryMessage {
  const { id, sender, internal, body, content_type, created_at: at, attachments } = article;
  const side = sender === 'Customer' ? 'customer' : sender === 'System' ? 'system' : 'team';
  const author = article.origin_by_id ?? article.created_by_id;
  const role = side === 'team' ? ('agent' as const) : side;
  return {
    id: `article:${id}`,
    at,
    order: Number.MAX_SAFE_INTEGER,
    actor: { ...(author && author !== systemUser ? { id: String(author) } : {}), role },
    side,
    isPublic: !internal,
    body: (content_type === 'text/html' ? textOfHtml(body ?? '') : (body ?? '')).trim(),
    attachments: (attachments ?? []).flatMap(({ filename }) => filename ?? []),
  };
}

function describe(config: ZammadConfig, ticket: Ticket, customer: string | undefined): ItemRow {
  const row: ItemRow = {
    externalId: String(ticket.id),
    asOfAt: ticket.updated_at,
    asOfSeq: 0,
    type: 'ticket',
    url: `${(config.webUrl ?? config.url).replace(/\/+$/, '')}/#ticket/zoom/${ticket.id}`,
    createdAt: ticket.created_at,
    attributes: { number: ticket.number },
  };
  if (ticket.title) row.title = ticket.title;
  if (ticket.priority) row.priority = ticket.priority;
  if (ticket.create_article_type) row.channel = ticket.create_article_type;
  if (customer !== undefined) row.customer = customer;
  if (ticket.state === 'merged') row.excluded = 'merged';
  return row;
}

function customerOf({ customer }: ZammadConfig, { ticket, people }: ZammadRecord): { externalId: string; name: string } | undefined {
  const { organization_id: organization, customer_id: person } = ticket;
  if (customer === 'organization' && organization)
    return { externalId: `organization ${organization}`, name: ticket.organization ?? `organization ${organization}` };
  return person ? { externalId: `user ${person}`, name: people[person]?.name ?? `user ${person}` } : undefined;
}

/** A ticket that went into another one says into which. */
function linkOf({ type, id_to: target, created_at: at }: Entry): LinkRow[] {
  return type === 'merged_into' && target ? [{ to: { externalId: String(target) }, kind: 'duplicates', at }] : [];
}

function actorOf({ ticket, people }: ZammadRecord, id: number | null | undefined): { actor?: NonNullable<EventRow['actor']> } {
  if (!id) return {};
  if (id === systemUser) return { actor: { role: 'system' } };
  const isStaff = people[id]?.isStaff ?? id !== ticket.customer_id;
  return { actor: { id: String(id), role: isStaff ? 'agent' : 'customer' } };
}

function ownerOf(id: number | null | undefined): string | null {
  return !id || id === systemUser ? null : String(id);
}

/** A date as it is, or a time as histories write it: `2026-03-05 10:00:00 UTC`. */
function dueOf(config: ZammadConfig, value: string | null): string | null {
  if (value === null) return null;
  return dueInstant(config, value.replace(/^(\S+) (\S+) UTC$/, '$1T$2Z'));
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
