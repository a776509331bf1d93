import { z } from 'zod';
import { connectionShape } from '../../tables/mapping.js';
import { linkedToolsShape } from '../tool-links.js';
import { dueShape } from '../due-date.js';

/** A connection to a Zammad: where it is, and what its words mean in the house's. */
export const zammadConfigSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: 'write the address like https://support.example.com' }),
  /** Where people open it, if that is another address. */
  webUrl: z.url({ protocol: /^https?$/, error: 'write the address like https://support.example.com' }).optional(),
  /** `organization`: that of the ticket, else whoever it is for. */
  customer: z.enum(['organization', 'customer']).default('organization'),
  /** An attribute of tickets, of type date or datetime, that holds what the customer was promised. */
  dueField: z.string().regex(/^\w+$/, 'an attribute is written by its name, for example due_at').optional(),
  ...dueShape,
  /** Tickets asked for at once. */
  pageSize: z.int().min(2).max(100).default(100),
  ...linkedToolsShape,
  ...connectionShape,
});
export type ZammadConfig = z.infer<typeof zammadConfigSchema>;

const id = z.number().int();

/** https://docs.zammad.org/en/latest/api/ticket/index.html, with names for ids (`expand`). */
export const ticketSchema = z.looseObject({
  id,
  number: z.string(),
  title: z.string().nullish(),
  state: z.string(),
  group_id: id,
  group: z.string(),
  priority: z.string().nullish(),
  owner_id: id.nullish(),
  customer_id: id.nullish(),
  organization_id: id.nullish(),
  organization: z.string().nullish(),
  create_article_type: z.string().nullish(),
  created_by_id: id.nullish(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type Ticket = z.infer<typeof ticketSchema>;

export const entrySchema = z.looseObject({
  id,
  type: z.string(),
  object: z.string(),
  attribute: z.string().nullish(),
  value_from: z.string().nullish(),
  value_to: z.string().nullish(),
  id_from: id.nullish(),
  id_to: id.nullish(),
  created_by_id: id.nullish(),
  created_at: z.string(),
});
export type Entry = z.infer<typeof entrySchema>;

/** https://docs.zammad.org/en/latest/api/ticket/articles.html */
export const articleSchema = z.looseObject({
  id,
  sender: z.string(),
  internal: z.boolean(),
  body: z.string().nullish(),
  content_type: z.string().nullish(),
  created_by_id: id.nullish(),
  origin_by_id: id.nullish(),
  created_at: z.string(),
  attachments: z.array(z.looseObject({ filename: z.string().nullish() })).nullish(),
});
export type Article = z.infer<typeof articleSchema>;

const person = z.object({ name: z.string(), isStaff: z.boolean() });
export type Person = z.infer<typeof person>;

/** A ticket with all that happened to it, and who the people in it are. */
export const recordSchema = z.looseObject({
  ticket: ticketSchema,
  history: z.array(entrySchema),
  articles: z.array(articleSchema),
  people: z.record(z.string(), person),
});
export type ZammadRecord = z.infer<typeof recordSchema>;

/** Zammad's own account, which also stands for nobody where it owns a ticket. */
export const systemUser = 1;
