import { z } from 'zod';
import { connectionShape } from '../../tables/mapping.js';
import { linkedToolsShape } from '../tool-links.js';
import { dueShape } from '../due-date.js';
import type { StoryField } from '../item-story.js';

const field = z.string().regex(/^\w+$/, 'a field is written as ServiceNow names its column, for example due_date');

/** A connection to one table of a ServiceNow instance. */
export const serviceNowConfigSchema = z.strictObject({
  /** The instance: `https://acme.service-now.com`. */
  url: z.url({ protocol: /^https?$/, error: 'write the address like https://acme.service-now.com' }),
  /** Where people open it, if that is another address. */
  webUrl: z.url({ protocol: /^https?$/, error: 'write the address like https://acme.service-now.com' }).optional(),
  /** User of the password; without it the secret is an OAuth access token. */
  user: z.string().min(1).optional(),
  /** A table that extends task. */
  table: field.default('incident'),
  /** `company`: that of the record, else whoever called. */
  customer: z.enum(['company', 'caller']).default('company'),
  service: z.enum(['business_service', 'category', 'cmdb_ci']).default('business_service'),
  stateField: field.default('state'),
  dueField: field.default('due_date'),
  ...dueShape,
  /** Whoever has one of these roles is ours. */
  staffRoles: z.array(z.string().min(1)).min(1).default(['itil']),
  /** User names that are programs. */
  bots: z.array(z.string()).default(['system', 'guest']),
  ...linkedToolsShape,
  ...connectionShape,
});
export type ServiceNowConfig = z.infer<typeof serviceNowConfigSchema>;

const text = z.string();
/** A column of a record: as stored, and as shown to the user of the connection, in the zone and language of that user. */
const column = z.object({ value: text.nullish(), display_value: text.nullish() });
const columnOrNone = column.nullish();

export const taskSchema = z.looseObject({
  sys_id: column,
  number: columnOrNone,
  short_description: columnOrNone,
  sys_created_on: column,
  sys_created_by: columnOrNone,
  sys_updated_on: column,
  priority: columnOrNone,
  category: columnOrNone,
  business_service: columnOrNone,
  cmdb_ci: columnOrNone,
  contact_type: columnOrNone,
  caller_id: columnOrNone,
  company: columnOrNone,
  assignment_group: columnOrNone,
  assigned_to: columnOrNone,
  parent_incident: columnOrNone,
});
export type Task = z.infer<typeof taskSchema>;

/** https://www.servicenow.com/docs/csh?topicname=c_UnderstandingTheSysAuditTable.html */
export const auditSchema = z.looseObject({
  sys_id: text,
  fieldname: text,
  oldvalue: text.nullish(),
  newvalue: text.nullish(),
  user: text.nullish(),
  sys_created_on: text,
  /** Number of the update within the record. */
  record_checkpoint: text.nullish(),
});
export const journalSchema = z.looseObject({
  sys_id: text,
  element: text,
  value: text.nullish(),
  sys_created_on: text,
  sys_created_by: text.nullish(),
});

const person = z.object({ id: text, name: text, isStaff: z.boolean().nullable() });
export type Person = z.infer<typeof person>;

/** A task with its history, and what the ids in it mean. */
export const recordSchema = z.looseObject({
  task: taskSchema,
  /** Null: the account may not read them. */
  audits: z.array(auditSchema).nullable(),
  journals: z.array(journalSchema),
  /** Labels of states, by value. */
  states: z.record(text, text),
  /** By user name. */
  people: z.record(text, person),
  /** Names of people and groups, by sys_id. */
  names: z.record(text, text),
});
export type ServiceNowRecord = z.infer<typeof recordSchema>;

/** Columns whose history is read, with what they mean here. */
export function followed(config: ServiceNowConfig): ReadonlyMap<string, StoryField> {
  return new Map<string, StoryField>([
    [config.stateField, 'status'],
    ['assignment_group', 'team'],
    ['assigned_to', 'person'],
    [config.dueField, 'due'],
  ]);
}

/** `2026-03-01 10:00:00`, always UTC, as an instant. */
export function instantOf(stored: string): string {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(stored)) throw new RangeError(`"${stored}" is no time as ServiceNow stores it`);
  return new Date(`${stored.replace(' ', 'T')}Z`).toISOString();
}

export function valueOf(told: { value?: string | null | undefined } | null | undefined): string | null {
  return told?.value ? told.value : null;
}
