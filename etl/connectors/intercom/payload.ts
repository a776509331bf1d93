import { z } from 'zod';
import { connectionShape } from '../../tables/mapping.js';
import { linkedToolsShape } from '../tool-links.js';

/** A connection to an Intercom workspace. */
export const intercomConfigSchema = z.strictObject({
  /** Where the workspace is kept: `https://api.eu.intercom.io` in Europe, `https://api.au.intercom.io` in Australia. */
  url: z.url({ protocol: /^https?$/, error: 'write the address like https://api.intercom.io' }).default('https://api.intercom.io'),
  ...linkedToolsShape,
  ...connectionShape,
});
export type IntercomConfig = z.infer<typeof intercomConfigSchema>;

const text = z.string();
const id = z.union([text, z.number().int()]).transform(String);
const seconds = z.number().int();
const author = z.looseObject({ type: text, id: id.nullish(), name: text.nullish(), from_ai_agent: z.boolean().nullish() });
export type Author = z.infer<typeof author>;
const attachments = z.array(z.looseObject({ name: text.nullish() })).nullish();

export const partSchema = z.looseObject({
  id,
  part_type: text,
  body: text.nullish(),
  created_at: seconds,
  author: author.nullish(),
  assigned_to: z.looseObject({ type: text, id: id.nullish() }).nullish(),
  attachments,
});
export type Part = z.infer<typeof partSchema>;

/** https://developers.intercom.com/docs/references/2.14/rest-api/api.intercom.io/conversations/conversation */
export const conversationSchema = z.looseObject({
  id,
  title: text.nullish(),
  custom_attributes: z.record(text, z.unknown()).nullish(),
  created_at: seconds,
  updated_at: seconds,
  state: text,
  priority: text.nullish(),
  admin_assignee_id: id.nullish(),
  team_assignee_id: id.nullish(),
  source: z
    .looseObject({
      type: text.nullish(),
      id: id.nullish(),
      subject: text.nullish(),
      body: text.nullish(),
      author: author.nullish(),
      attachments,
    })
    .nullish(),
  contacts: z.looseObject({ contacts: z.array(z.looseObject({ id })).nullish() }).nullish(),
  conversation_rating: z
    .looseObject({ rating: z.number().nullish(), created_at: seconds.nullish(), updated_at: seconds.nullish() })
    .nullish(),
  statistics: z.looseObject({ count_conversation_parts: z.number().nullish() }).nullish(),
  conversation_parts: z.looseObject({ conversation_parts: z.array(partSchema), total_count: z.number().nullish() }),
  linked_objects: z.looseObject({ data: z.array(z.looseObject({ id })).nullish() }).nullish(),
});
export type Conversation = z.infer<typeof conversationSchema>;

/** A conversation with its parts, and the names of who was assigned to it. */
export const recordSchema = z.looseObject({
  conversation: conversationSchema,
  workspace: text.nullable(),
  teams: z.record(text, text),
  admins: z.record(text, text),
});
export type IntercomRecord = z.infer<typeof recordSchema>;

/** Intercom gives no more parts than the newest 500, and tells how many there are. */
export function isTruncated({ conversation_parts: told, statistics }: Conversation): boolean {
  return Math.max(told.total_count ?? 0, statistics?.count_conversation_parts ?? 0) > told.conversation_parts.length;
}

export function instantOf(at: number): string {
  return new Date(at * 1000).toISOString();
}
