import { z } from 'zod';
import type { EventRow, ItemRow, MappedRecord, RawRecord } from '../../connector.js';
import { tellStory, type StoryMessage } from '../item-story.js';
import { readRecord } from '../read-record.js';
import { linksInAll } from '../tool-links.js';
import { changesOf } from './changes.js';
import {
  instantOf,
  messageTypes,
  recordSchema,
  type ChatwootConfig,
  type ChatwootRecord,
  type Conversation,
  type Message,
} from './payload.js';

/** One conversation with its messages. */
export function mapConversation(config: ChatwootConfig, record: RawRecord): MappedRecord {
  const read = readRecord('Chatwoot', recordSchema, record);
  const told = { ...read, messages: [...read.messages].sort((a, b) => a.created_at - b.created_at || a.id - b.id) };
  const { conversation, messages } = told;
  const { changes, people, teams, warnings } = changesOf(config, told);
  const story = tellStory({
    id: String(conversation.id),
    createdAt: instantOf(conversation.created_at),
    updatedAt: instantOf(conversation.updated_at),
    now: {
      status: conversation.status,
      team: conversation.meta.team ? String(conversation.meta.team.id) : null,
      person: conversation.meta.assignee ? String(conversation.meta.assignee.id) : null,
    },
    changes,
    messages: messages.flatMap(saidIn),
  });
  const customer = customerOf(config, conversation);
  const texts = messages.map(({ content, created_at }) => ({ text: content ?? '', at: instantOf(created_at) }));
  return {
    item: describe(config, told, customer?.externalId),
    events: [...story.events, ...messages.flatMap(ratingIn).map((event, index) => ({ ...event, seq: story.events.length + 2 + index }))],
    links: linksInAll(texts, config.linkedTools),
    people,
    teams,
    customers: customer ? [customer] : [],
    warnings: [...story.warnings, ...warnings, ...(told.isCut ? ['truncated_history'] : [])],
  };
}

function saidIn(message: Message): StoryMessage[] {
  const { id, message_type: type, content, created_at, attachments, sender } = message;
  const files = (attachments ?? []).map(({ file_type }) => file_type ?? 'file');
  if (type === messageTypes.activity || (!content && files.length === 0)) return [];
  const side = sideOf(message);
  const actor = {
    ...(side !== 'system' && sender?.id ? { id: String(sender.id) } : {}),
    role: side === 'team' ? ('agent' as const) : side,
  };
  const step = { id: `message:${id}`, at: instantOf(created_at), order: id, actor };
  return [{ ...step, side, isPublic: message.private !== true, body: (content ?? '').trim(), attachments: files }];
}

/** What bots, campaigns and automation write has no user for its sender. */
function sideOf({ message_type: type, sender }: Message): 'team' | 'customer' | 'system' {
  if (type === messageTypes.incoming) return 'customer';
  return type === messageTypes.outgoing && sender?.type === 'user' ? 'team' : 'system';
}

const surveySchema = z.object({ csat_survey_response: z.looseObject({ rating: z.number().min(1).max(5) }) });

/** One to five, as 0 to 1. When it was given is not told: it takes the time of the question. */
function ratingIn({ id, content_attributes: more, created_at }: Message): Omit<EventRow, 'seq'>[] {
  const read = surveySchema.safeParse(more?.submitted_values);
  if (!read.success) return [];
  const rating = (read.data.csat_survey_response.rating - 1) / 4;
  return [{ externalId: `message:${id}:rating`, kind: 'rated', at: instantOf(created_at), actor: { role: 'customer' }, rating }];
}

function describe(
  { url, webUrl, account }: ChatwootConfig,
  { conversation, inbox }: ChatwootRecord,
  customer: string | undefined,
): ItemRow {
  const { id, priority, additional_attributes: more, meta, created_at, updated_at } = conversation;
  const row: ItemRow = {
    externalId: String(id),
    asOfAt: instantOf(updated_at),
    asOfSeq: 0,
    type: 'conversation',
    url: `${(webUrl ?? url).replace(/\/+$/, '')}/app/accounts/${account}/conversations/${id}`,
    createdAt: instantOf(created_at),
  };
  if (more?.mail_subject) row.title = more.mail_subject;
  if (priority) row.priority = priority;
  if (meta.channel) row.channel = meta.channel.replace(/^Channel::/, '');
  if (customer !== undefined) row.customer = customer;
  if (inbox !== null) row.attributes = { inbox };
  return row;
}

function customerOf({ customer }: ChatwootConfig, { meta: { sender } }: Conversation): { externalId: string; name: string } | undefined {
  if (!sender) return undefined;
  const company = sender.additional_attributes?.company_name?.trim();
  if (customer === 'company' && company) return { externalId: `company ${company}`, name: company };
  return { externalId: `contact ${sender.id}`, name: sender.name ?? `contact ${sender.id}` };
}
