import type { EventRow, ItemRow, LinkRow, MappedRecord, RawRecord } from '../../connector.js';
import { textOfHtml } from '../html-text.js';
import { tellStory, type StoryChange, type StoryField, type StoryMessage, type StoryValues } from '../item-story.js';
import { readRecord } from '../read-record.js';
import { linksInAll } from '../tool-links.js';
import {
  instantOf,
  isTruncated,
  recordSchema,
  type Author,
  type Conversation,
  type IntercomConfig,
  type IntercomRecord,
  type Part,
} from './payload.js';

const states: Record<string, string> = {
  open: 'open',
  close: 'closed',
  snoozed: 'snoozed',
  unsnoozed: 'open',
  timer_unsnooze: 'open',
  assign_and_reopen: 'open',
  assign_and_unsnooze: 'open',
};
const assignments =
  /^(assignment|assign_and_reopen|assign_and_unsnooze|default_assignment|bulk_reassignment|away_mode_assignment|workload_balancer_\w+)$/;
/** Parts that tell nothing of the story, kept in the raw record. */
const otherKinds =
  /^(comment|note|quick_reply|participant_(added|removed)|conversation_(attribute|tags|sla|rating|title|priority)_?\w*|language_detection_details|message_\w+|custom_action_\w+|operator_\w+|fin_\w+|ticket_\w+|merged\w*|attribute_\w+|channel_\w+|note_and_reopen|priority_\w+|rating_\w+)$/;

/** One conversation with its parts. */
export function mapConversation(config: IntercomConfig, record: RawRecord): MappedRecord {
  const told = readRecord('Intercom', recordSchema, record);
  const { conversation } = told;
  const parts = [...conversation.conversation_parts.conversation_parts].sort(
    (a, b) => a.created_at - b.created_at || orderOf(a) - orderOf(b),
  );
  const author = actorOf(conversation.source?.author);
  const story = tellStory({
    id: conversation.id,
    createdAt: instantOf(conversation.created_at),
    updatedAt: instantOf(conversation.updated_at),
    ...(author ? { author } : {}),
    now: currentOf(conversation),
    changes: changesOf(conversation, parts),
    messages: [...openingOf(conversation), ...parts.flatMap(messageOf)],
  });
  const customer = customerOf(conversation);
  return {
    item: describe(told, customer?.externalId),
    events: [...story.events, ...ratingOf(conversation, story.events.length + 2)],
    links: [...linkedObjects(conversation), ...linksInAll(textsOf(conversation, parts), config.linkedTools)],
    teams: Object.entries(told.teams).map(([externalId, name]) => ({ externalId, name })),
    people: peopleOf(told, parts),
    customers: customer ? [customer] : [],
    warnings: [
      ...story.warnings,
      ...(isTruncated(conversation) ? ['truncated_history'] : []),
      ...parts.filter(isUnknown).map(({ part_type }) => `unknown_kind:${part_type}`),
    ],
  };
}

function linkedObjects({ linked_objects, created_at }: Conversation): LinkRow[] {
  return (linked_objects?.data ?? []).map(({ id }) => ({ to: { externalId: id }, kind: 'relates', at: instantOf(created_at) }));
}

/** As it was written, since addresses may stand behind words; attributes of the workspace's own among the fields. */
function textsOf(conversation: Conversation, parts: readonly Part[]): { text: string; at: string }[] {
  const { title, source, custom_attributes, created_at } = conversation;
  const fields = Object.values(custom_attributes ?? {}).filter((value) => typeof value === 'string');
  return [
    { text: [title, source?.subject, source?.body, ...fields].join('\n'), at: instantOf(created_at) },
    ...parts.map((part) => ({ text: part.body ?? '', at: instantOf(part.created_at) })),
  ];
}

/**
 * Parts tell new values alone. A conversation begins open and with nobody, so that the old ones
 * follow, unless the first parts are missing: then what never moved is told from the first part
 * that is there. A customer's word opens what was closed or snoozed, without a part that says so.
 */
function changesOf(conversation: Conversation, parts: readonly Part[]): StoryChange[] {
  const isWhole = !isTruncated(conversation);
  const now = new Map<StoryField, string | null>(
    isWhole
      ? [
          ['status', 'open'],
          ['team', null],
          ['person', null],
        ]
      : [],
  );
  const changes: StoryChange[] = [];
  for (const part of parts) {
    const set = (field: StoryField, to: string | null) => {
      const from = now.get(field);
      now.set(field, to);
      if (from === to) return;
      const actor = actorOf(part.author);
      const step = { id: `part:${part.id}:${field}`, at: instantOf(part.created_at), order: orderOf(part), ...(actor ? { actor } : {}) };
      changes.push({ ...step, field, ...(from === undefined ? {} : { from }), to });
    };
    const state = states[part.part_type];
    if (state !== undefined) set('status', state);
    else if (part.part_type === 'comment' && sideOf(part.author) === 'customer' && now.get('status') !== 'open') set('status', 'open');
    if (!assignments.test(part.part_type) || !part.assigned_to) continue;
    const { type, id } = part.assigned_to;
    set(/team/.test(type) ? 'team' : 'person', /nobody/.test(type) ? null : assigned(id));
  }
  const [first] = parts;
  if (isWhole || !first) return changes;
  const unmoved = (Object.entries(currentOf(conversation)) as [StoryField, string | null][]).filter(([field]) => !now.has(field));
  const step = { at: instantOf(first.created_at), order: -1 };
  return [...unmoved.map(([field, to]) => ({ ...step, id: `${conversation.id}:seen:${field}`, field, to })), ...changes];
}

function currentOf({ state, team_assignee_id: team, admin_assignee_id: person }: Conversation): StoryValues {
  return { status: state, team: assigned(team), person: assigned(person) };
}

function messageOf(part: Part): StoryMessage[] {
  const { id, part_type, body, created_at, author, attachments } = part;
  const files = (attachments ?? []).flatMap(({ name }) => name ?? []);
  if (!body && files.length === 0) return [];
  const actor = actorOf(author);
  // What is written with an assignment is a note to whoever it goes to.
  const isPublic = !/note/.test(part_type) && !assignments.test(part_type);
  const base = { id: `part:${id}`, at: instantOf(created_at), order: orderOf(part) + 0.5, ...(actor ? { actor } : {}) };
  return [{ ...base, side: sideOf(author), isPublic, body: textOfHtml(body ?? '').trim(), attachments: files }];
}

function openingOf({ id, source, created_at }: Conversation): StoryMessage[] {
  if (!source?.body) return [];
  const actor = actorOf(source.author);
  const base = { id: `${id}:source`, at: instantOf(created_at), order: 0, ...(actor ? { actor } : {}) };
  const attachments = (source.attachments ?? []).flatMap(({ name }) => name ?? []);
  return [{ ...base, side: sideOf(source.author), isPublic: true, body: textOfHtml(source.body).trim(), attachments }];
}

/** One to five, as 0 to 1. */
function ratingOf({ id, conversation_rating: rated }: Conversation, seq: number): EventRow[] {
  const at = rated?.updated_at ?? rated?.created_at;
  if (typeof rated?.rating !== 'number' || typeof at !== 'number') return [];
  return [
    { externalId: `${id}:rating`, kind: 'rated', at: instantOf(at), seq, actor: { role: 'customer' }, rating: (rated.rating - 1) / 4 },
  ];
}

function describe({ conversation, workspace }: IntercomRecord, customer: string | undefined): ItemRow {
  const { id, title, source, priority, created_at, updated_at } = conversation;
  const row: ItemRow = {
    externalId: id,
    asOfAt: instantOf(updated_at),
    asOfSeq: 0,
    type: 'conversation',
    createdAt: instantOf(created_at),
  };
  const name = title ?? (source?.subject ? textOfHtml(source.subject).trim() : '');
  if (workspace !== null) row.url = `https://app.intercom.com/a/apps/${workspace}/conversations/${id}`;
  if (name !== '') row.title = name;
  if (priority) row.priority = priority;
  if (source?.type) row.channel = source.type;
  if (customer !== undefined) row.customer = customer;
  return row;
}

function customerOf({ contacts, source }: Conversation): { externalId: string; name: string } | undefined {
  const externalId = contacts?.contacts?.[0]?.id;
  if (externalId === undefined) return undefined;
  const name = source?.author?.id === externalId ? source.author.name : null;
  return { externalId, name: name ?? externalId };
}

function peopleOf(
  { admins, conversation }: IntercomRecord,
  parts: readonly Part[],
): { externalId: string; name: string; isBot: boolean }[] {
  const authors = [conversation.source?.author, ...parts.map(({ author }) => author)];
  const people = new Map(Object.entries(admins).map(([externalId, name]) => [externalId, { externalId, name, isBot: false }]));
  for (const author of authors) {
    const side = sideOf(author);
    if (!author?.id || side === 'customer' || author.type === 'team') continue;
    people.set(author.id, { externalId: author.id, name: author.name ?? author.id, isBot: side === 'system' });
  }
  return [...people.values()];
}

/** Bots speak as `bot`, the AI agent also as an admin; campaigns speak as a team. */
function sideOf(author: Author | null | undefined): 'team' | 'customer' | 'system' {
  if (!author || author.from_ai_agent === true || author.type === 'bot' || author.type === 'team') return 'system';
  return author.type === 'admin' ? 'team' : 'customer';
}

function actorOf(author: Author | null | undefined): NonNullable<EventRow['actor']> | undefined {
  if (!author) return undefined;
  const side = sideOf(author);
  return { ...(author.id && author.type !== 'team' ? { id: author.id } : {}), role: side === 'team' ? 'agent' : side };
}

function isUnknown({ part_type }: Part): boolean {
  return states[part_type] === undefined && !assignments.test(part_type) && !otherKinds.test(part_type);
}

/** Intercom writes 0 where some of its tools mean nobody. */
function assigned(id: string | null | undefined): string | null {
  return !id || id === '0' ? null : id;
}

function orderOf({ id }: Part): number {
  const order = Number(id);
  return Number.isFinite(order) ? order : 0;
}
