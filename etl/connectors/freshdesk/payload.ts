import { z } from 'zod';
import type { StatusMeaning } from '../../connector.js';
import { connectionShape } from '../../tables/mapping.js';
import { dueShape } from '../due-date.js';
import { linkedToolsShape } from '../tool-links.js';

/** A connection to a Freshdesk account. */
export const freshdeskConfigSchema = z.strictObject({
  /** `https://company.freshdesk.com`. */
  url: z.url({ protocol: /^https?$/, error: 'write the address like https://company.freshdesk.com' }),
  /** Where people open it, if that is another address. */
  webUrl: z.url({ protocol: /^https?$/, error: 'write the address like https://company.freshdesk.com' }).optional(),
  /** Who waits: the company where the requester has one, or always the requester. */
  customer: z.enum(['company', 'requester']).default('company'),
  /** Name of a date field of the account that holds the date given to the customer; without it the due date of the SLA. */
  dueField: z.string().min(1).optional(),
  ...dueShape,
  ...linkedToolsShape,
  ...connectionShape,
});
export type FreshdeskConfig = z.output<typeof freshdeskConfigSchema>;

/** Statuses that every account has. */
export const ownStatuses: Record<string, { name: string; meaning: StatusMeaning }> = {
  '2': { name: 'Open', meaning: 'ours_active' },
  '3': { name: 'Pending', meaning: 'customer' },
  '4': { name: 'Resolved', meaning: 'done' },
  '5': { name: 'Closed', meaning: 'done' },
};
export const resolved = '4';
export const closed = '5';

const id = z.number().int();
const text = z.string().nullish();

/** https://developers.freshdesk.com/api/#tickets: the fields read; all others are kept too. */
export const ticketSchema = z.looseObject({
  id,
  status: z.number().int(),
  created_at: z.string(),
  updated_at: z.string(),
  subject: text,
  type: text,
  priority: z.number().nullish(),
  source: z.number().nullish(),
  group_id: id.nullish(),
  responder_id: id.nullish(),
  requester_id: id.nullish(),
  company_id: id.nullish(),
  due_by: text,
  description_text: text,
  custom_fields: z.record(z.string(), z.unknown()).nullish(),
  requester: z.looseObject({ name: text, email: text }).nullish(),
  stats: z.looseObject({ status_updated_at: text, resolved_at: text, closed_at: text }).nullish(),
});
export type Ticket = z.output<typeof ticketSchema>;

/** A ticket as it was seen at one time of change, with names for its ids. */
export const seenSchema = z.looseObject({
  ticket: ticketSchema,
  names: z.object({
    statuses: z.record(z.string(), z.string()),
    team: z.string().nullable(),
    person: z.string().nullable(),
    company: z.string().nullable(),
  }),
});
export type SeenTicket = z.output<typeof seenSchema>;

export const conversationSchema = z.looseObject({
  ticket: id,
  conversation: z.looseObject({
    id,
    created_at: z.string(),
    incoming: z.boolean().nullish(),
    private: z.boolean().nullish(),
    source: z.number().nullish(),
    user_id: id.nullish(),
    body_text: text,
    attachments: z.array(z.looseObject({ name: text })).nullish(),
  }),
});

/** https://developers.freshdesk.com/api/#satisfaction-ratings */
export const ratingSchema = z.looseObject({
  id,
  ticket_id: id,
  created_at: z.string(),
  ratings: z.record(z.string(), z.number()),
});

export const priorities: Record<number, string> = { 1: 'low', 2: 'medium', 3: 'high', 4: 'urgent' };
export const channels: Record<number, string> = {
  1: 'email',
  2: 'portal',
  3: 'phone',
  5: 'twitter',
  6: 'facebook',
  7: 'chat',
  9: 'widget',
  10: 'outbound email',
};
