import { z } from 'zod';

/** The JSON of the made-up tools: one shape for deals, tasks and tickets, with the whole history of each. */

const instant = z.iso.datetime();
const author = z.object({ kind: z.enum(['customer', 'agent', 'automation']), id: z.string().optional() });
/** `order` tells which of two lines of the same second came first. */
const line = { id: z.string(), order: z.int().nonnegative(), at: instant, author };

export const changeSchema = z.object({
  ...line,
  status: z.string().optional(),
  /** Null: nobody. */
  team: z.string().nullable().optional(),
  assignee: z.string().nullable().optional(),
  /** The date given to the customer; null takes it back. */
  dueAt: instant.nullable().optional(),
  dueAskedByCustomer: z.boolean().optional(),
  /** The required field of a handover was filled. */
  handoverField: z.boolean().optional(),
});

export const commentSchema = z.object({
  ...line,
  audience: z.enum(['public', 'internal']),
  body: z.string().min(1),
  language: z.enum(['en', 'tr', 'fa', 'hy']),
  attachments: z.array(z.string()).optional(),
});

export const ratingSchema = z.object({ ...line, stars: z.int().min(1).max(5) });

export const linkSchema = z.object({
  connection: z.string().optional(),
  key: z.string(),
  kind: z.enum(['becomes', 'blocks', 'relates', 'duplicates']),
  at: instant,
});

export const itemSchema = z.object({
  key: z.string().min(1),
  subject: z.string(),
  url: z.url(),
  type: z.string(),
  service: z.string(),
  channel: z.string(),
  priority: z.string(),
  language: z.enum(['en', 'tr', 'fa', 'hy']),
  customer: z.string(),
  createdAt: instant,
  updatedAt: instant,
  markedAs: z.enum(['spam', 'duplicate', 'test']).nullable(),
  /** The first one is the creation. */
  changes: z.array(changeSchema).min(1),
  comments: z.array(commentSchema),
  ratings: z.array(ratingSchema),
  links: z.array(linkSchema),
});

export const teamSchema = z.object({
  key: z.string().min(1),
  name: z.string(),
  calendar: z.string(),
  members: z.array(z.object({ id: z.string(), name: z.string(), automation: z.boolean() })),
});

export const customerSchema = z.object({
  key: z.string().min(1),
  name: z.string(),
  group: z.string(),
  language: z.enum(['en', 'tr', 'fa', 'hy']),
  timeZone: z.string(),
  calendar: z.string().nullable(),
  since: instant,
});

export type ChangeLine = z.infer<typeof changeSchema>;
export type CommentLine = z.infer<typeof commentSchema>;
export type RatingLine = z.infer<typeof ratingSchema>;
export type LinkLine = z.infer<typeof linkSchema>;
export type SampleItem = z.infer<typeof itemSchema>;
export type SampleTeam = z.infer<typeof teamSchema>;
export type SampleCustomer = z.infer<typeof customerSchema>;
