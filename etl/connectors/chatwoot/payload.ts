import { z } from 'zod';
import { connectionShape } from '../../tables/mapping.js';
import { linkedToolsShape } from '../tool-links.js';
import { activityKinds } from './activity-texts.js';

const address = z.url({ protocol: /^https?$/, error: 'write the address like https://app.chatwoot.com' });

/** A connection to an account of a Chatwoot. */
export const chatwootConfigSchema = z.strictObject({
  url: address.default('https://app.chatwoot.com'),
  /** Where people open it, if that is another address. */
  webUrl: address.optional(),
  /** The number in the addresses of the account: `/app/accounts/1/…`. */
  account: z.int().positive(),
  /** `company`: that of the contact, else the contact. */
  customer: z.enum(['company', 'contact']).default('company'),
  /** What conversations begin as, which Chatwoot does not tell of those that moved on: `pending` where a bot answers first. */
  beginsAs: z.enum(['open', 'pending']).default('open'),
  /** Sentences by which an account of another language tells changes, by what they say, as in the files of `config/locales` of Chatwoot. */
  texts: z.partialRecord(z.enum(activityKinds), z.array(z.string().min(1))).default({}),
  ...linkedToolsShape,
  ...connectionShape,
});
export type ChatwootConfig = z.infer<typeof chatwootConfigSchema>;

const id = z.number().int();
const seconds = z.number().int();
const text = z.string();

/** https://developers.chatwoot.com/api-reference/conversations/conversation-details */
export const conversationSchema = z.looseObject({
  id,
  status: text,
  priority: text.nullish(),
  created_at: seconds,
  /** With parts of seconds. */
  updated_at: z.number(),
  additional_attributes: z.looseObject({ mail_subject: text.nullish() }).nullish(),
  meta: z.looseObject({
    channel: text.nullish(),
    sender: z
      .looseObject({ id, name: text.nullish(), additional_attributes: z.looseObject({ company_name: text.nullish() }).nullish() })
      .nullish(),
    assignee: z.looseObject({ id, name: text.nullish() }).nullish(),
    team: z.looseObject({ id, name: text.nullish() }).nullish(),
  }),
});
export type Conversation = z.infer<typeof conversationSchema>;

/** What `message_type` tells; a template is written by Chatwoot itself. */
export const messageTypes = { incoming: 0, outgoing: 1, activity: 2, template: 3 };

export const messageSchema = z.looseObject({
  id,
  content: text.nullish(),
  message_type: id,
  content_type: text.nullish(),
  content_attributes: z.looseObject({ submitted_values: z.unknown().optional() }).nullish(),
  private: z.boolean().nullish(),
  created_at: seconds,
  sender: z.looseObject({ id: id.nullish(), name: text.nullish(), type: text.nullish() }).nullish(),
  attachments: z.array(z.looseObject({ file_type: text.nullish() })).nullish(),
});
export type Message = z.infer<typeof messageSchema>;

const named = z.object({ id, name: text });
export type Named = z.infer<typeof named>;

/** A conversation with all its messages, and the agents and teams whose names occur in them. */
export const recordSchema = z.looseObject({
  conversation: conversationSchema,
  messages: z.array(messageSchema),
  /** More messages than were read. */
  isCut: z.boolean(),
  agents: z.array(named),
  teams: z.array(named),
  inbox: text.nullable(),
});
export type ChatwootRecord = z.infer<typeof recordSchema>;

export function instantOf(at: number): string {
  return new Date(Math.round(at * 1000)).toISOString();
}
