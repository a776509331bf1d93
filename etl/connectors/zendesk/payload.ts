import { z } from 'zod';
import type { StatusMeaning } from '../../connector.js';
import { reasonOf } from '../../error-code.js';
import { parseBaseUrl } from '../../http/address.js';
import { dueShape } from '../due-date.js';
import { connectionShape } from '../../tables/mapping.js';
import { linkedToolsShape } from '../tool-links.js';

/** https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/ */

export const zendeskConfigSchema = z.strictObject({
  /** `https://company.zendesk.com`. */
  url: z.string().superRefine((value, context) => {
    try {
      parseBaseUrl(value);
    } catch (error) {
      context.addIssue({ code: 'custom', message: reasonOf(error) });
    }
  }),
  /** Whose API token it is; without it the secret is taken for an OAuth access token. */
  email: z.string().min(3).optional(),
  /** Who waits: the organization where the requester has one, or always the requester. */
  customer: z.enum(['organization', 'requester']).default('organization'),
  /** Id of a date field that holds the date given to the customer; without it `due_at`, which only tasks have. */
  dueField: z.number().int().positive().optional(),
  ...dueShape,
  ...linkedToolsShape,
  ...connectionShape,
});
export type ZendeskConfig = z.output<typeof zendeskConfigSchema>;

/** Categories of Zendesk; statuses of an account's own belong to one each. */
export const statuses: Record<string, StatusMeaning> = {
  new: 'ours_waiting',
  open: 'ours_active',
  pending: 'customer',
  hold: 'third_party',
  solved: 'done',
  closed: 'done',
};

const id = z.number().int();
const text = z.string().nullish();

export const ticketSchema = z.looseObject({
  id,
  /** Of the API, on the account's own host. */
  url: text,
  status: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  generated_timestamp: z.number(),
  subject: text,
  description: text,
  custom_fields: z.array(z.looseObject({ value: z.unknown() })).nullish(),
  type: text,
  priority: text,
  requester_id: id.nullish(),
  organization_id: id.nullish(),
  problem_id: id.nullish(),
  tags: z.array(z.string()).nullish(),
  via: z
    .looseObject({
      channel: text,
      source: z.looseObject({ rel: text, from: z.looseObject({ ticket_id: id.nullish() }).nullish() }).nullish(),
    })
    .nullish(),
});
/** A ticket with the names that only ids stand for. */
export const ticketRecordSchema = z.object({ ticket: ticketSchema, form: z.string().optional() });

export const childSchema = z.looseObject({ id, event_type: z.string(), via: z.unknown().optional() });
export type ChildEvent = z.output<typeof childSchema>;

export const updateSchema = z.looseObject({
  id,
  ticket_id: id,
  created_at: z.string().nullish(),
  timestamp: z.number(),
  updater_id: id.nullish(),
  child_events: z.array(childSchema),
});
/** One update of a ticket with the roles of those who wrote in it: `end-user`, `agent`, `admin`. */
export const updateRecordSchema = z.object({ update: updateSchema, roles: z.record(z.string(), z.string()) });
export type UpdateRecord = z.output<typeof updateRecordSchema>;

export const userSchema = z.looseObject({
  id,
  name: text,
  role: z.string(),
  organization_id: id.nullish(),
  iana_time_zone: text,
  locale: text,
  created_at: z.string().nullish(),
  updated_at: z.string().nullish(),
});
export const organizationSchema = z.looseObject({ id, name: text, created_at: z.string().nullish() });
export const groupSchema = z.looseObject({ id, name: text });

export const customerOf = { organization: (key: number) => `organization ${key}`, requester: (key: number) => `user ${key}` };
