import { z } from 'zod';
import { connectionShape } from '../../tables/mapping.js';
import { linkedToolsShape } from '../tool-links.js';
import { dueShape } from '../due-date.js';
import type { ValueChange } from '../value-history.js';

const customField = z.strictObject({ field: z.string().min(1) });

/** A connection to a Request Tracker: where it is, and what its words mean in the house's. A queue is a team. */
export const configSchema = z.strictObject({
  /** Where RT answers, without `/REST/2.0`: `https://rt.example.com`. */
  url: z.url({ protocol: /^https?$/, error: 'write the address like https://tool.example.com' }),
  /** Where people open it, if that is another address. */
  webUrl: z.url({ protocol: /^https?$/, error: 'write the address like https://tool.example.com' }).optional(),
  /** Zone of the working hours. RT tells all its times in UTC. */
  zone: dueShape.zone,
  /** `requestor`: the first of them. `organization`: that of the first requestor. */
  customer: z.union([z.enum(['requestor', 'organization']), customField]).default('requestor'),
  service: customField.optional(),
  /** People, by name, that are programs, besides RT's own. */
  bots: z.array(z.string()).default([]),
  ...linkedToolsShape,
  ...connectionShape,
});
export type RtConfig = z.infer<typeof configSchema>;

/** RT writes numbers as text in lists and as numbers in single records. */
const id = z.union([z.string(), z.number()]).transform(String);
const reference = z.looseObject({ id });

export const transactionSchema = z.looseObject({
  id,
  Type: z.string(),
  Field: z.string().nullish(),
  OldValue: z.string().nullish(),
  NewValue: z.string().nullish(),
  Created: z.string(),
  Creator: reference,
  ObjectId: id,
});
export type Transaction = z.infer<typeof transactionSchema>;

/** https://docs.bestpractical.com/rt/5.0/RT/REST2.html: the fields read of one ticket; all others are kept too. */
export const ticketSchema = z.looseObject({
  id,
  Subject: z.string().nullish(),
  Status: z.string(),
  Queue: reference,
  Owner: reference,
  Requestor: z.array(reference),
  Cc: z.array(reference).nullish(),
  Priority: z.union([z.string(), z.number()]).nullish(),
  Due: z.string().nullish(),
  Created: z.string(),
  LastUpdated: z.string(),
  CustomFields: z.array(z.looseObject({ name: z.string(), values: z.array(z.string()) })).nullish(),
});
export type Ticket = z.infer<typeof ticketSchema>;

const userSchema = z.object({
  name: z.string(),
  isPrivileged: z.boolean(),
  organization: z.string().nullable(),
});
export type User = z.infer<typeof userSchema>;

/** A ticket with all that happened to it, the texts of its messages, and names for the ids in it. */
export const recordSchema = z.looseObject({
  id: z.string(),
  /** Null: the ticket was merged into another one and lives on there. */
  ticket: ticketSchema.nullable(),
  mergedInto: z.string().nullable(),
  transactions: z.array(transactionSchema),
  /** By transaction. */
  texts: z.record(z.string(), z.object({ body: z.string(), attachments: z.array(z.string()) })),
  /** By login name, which is what RT calls people by everywhere but in changes of the owner. */
  users: z.record(z.string(), userSchema),
  /** Login names by number: changes of the owner tell numbers. */
  logins: z.record(z.string(), z.string()),
  queues: z.record(z.string(), z.string()),
});
export type TicketRecord = z.infer<typeof recordSchema>;

export const followedFields = ['Status', 'Owner', 'Queue', 'Due'] as const;
export type FollowedField = (typeof followedFields)[number];

/** `SetWatcher` tells a change of owner a second time. Older releases have a type for each way to change it. */
const changing = new Set(['Set', 'Status', 'Take', 'Untake', 'Steal', 'Give', 'Force']);

/** The change of a field that a transaction tells; undefined where it tells none. */
export function changeOf({ Type, Field, OldValue, NewValue }: Transaction, field: FollowedField): ValueChange | undefined {
  const isTold = changing.has(Type) && (Field === field || (field === 'Owner' && !['Set', 'Status'].includes(Type)));
  return isTold ? { from: valueOf(OldValue, field), to: valueOf(NewValue, field) } : undefined;
}

export function changesOf(transactions: readonly Transaction[], field: FollowedField): ValueChange[] {
  return transactions.flatMap((transaction) => changeOf(transaction, field) ?? []);
}

/** Where a time is not set RT tells its beginning of time. Changes carry times without a zone, in UTC. */
function valueOf(value: string | null | undefined, field: FollowedField): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (field !== 'Due') return value;
  const at = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(value) ? `${value.replace(' ', 'T')}Z` : value;
  return at.startsWith('1970-01-01T00:00:00') ? null : at;
}

/** What a ticket has now, written as its changes write it; undefined where it was merged away. */
export function currentOf({ ticket, logins }: TicketRecord, field: FollowedField): string | null | undefined {
  if (!ticket) return undefined;
  if (field === 'Status') return ticket.Status;
  if (field === 'Queue') return ticket.Queue.id;
  if (field === 'Due') return valueOf(ticket.Due, 'Due');
  return Object.entries(logins).find(([, login]) => login === ticket.Owner.id)?.[0] ?? null;
}
