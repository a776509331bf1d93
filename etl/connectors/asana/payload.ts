import { z } from 'zod';
import { dueShape } from '../due-date.js';
import { connectionShape } from '../../tables/mapping.js';
import { linkedToolsShape } from '../tool-links.js';

const customField = z.strictObject({ field: z.string().min(1) });

/** A connection to the tasks of some projects of an Asana. */
export const configSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: 'write the address like https://tool.example.com' }).default('https://app.asana.com'),
  /** Ids of projects, the number after `/project/` in their address. Of a task in several of them the first one named counts. */
  projects: z.array(z.string().regex(/^\d+$/, 'the id of a project is a number')).min(1, 'name a project'),
  /** Whose limits hold: 150 requests a minute, or 1,500. Half of them are used. */
  plan: z.enum(['free', 'paid']).default('free'),
  ...dueShape,
  /** A single-select field that names the team; `project`: the project a task is in. */
  team: z.union([z.enum(['project']), customField]).default('project'),
  /** `author`: whoever made the task, where that is a guest. */
  customer: z.union([z.enum(['author', 'project']), customField]).default('author'),
  service: z.union([z.enum(['project']), customField]).default('project'),
  /** People, by name, that are programs. */
  bots: z.array(z.string()).default([]),
  ...linkedToolsShape,
  ...connectionShape,
});
export type AsanaConfig = z.infer<typeof configSchema>;

const named = z.looseObject({ gid: z.string(), name: z.string().nullish() });
const namedOrNone = named.nullish();
const text = z.string().nullish();
const dates = z.looseObject({ due_on: text, due_at: text });
export type Dates = z.infer<typeof dates>;
export type Named = z.infer<typeof named>;

/** https://developers.asana.com/reference/stories */
const story = z.looseObject({
  gid: z.string(),
  created_at: z.string(),
  created_by: namedOrNone,
  resource_subtype: z.string(),
  text,
  assignee: namedOrNone,
  old_dates: dates.nullish(),
  new_dates: dates.nullish(),
  old_section: namedOrNone,
  new_section: namedOrNone,
  custom_field: namedOrNone,
  old_enum_value: namedOrNone,
  new_enum_value: namedOrNone,
  duplicate_of: z.looseObject({ gid: z.string() }).nullish(),
});
export type Story = z.infer<typeof story>;

/** https://developers.asana.com/reference/tasks */
export const taskSchema = z.looseObject({
  gid: z.string(),
  name: text,
  notes: text,
  completed: z.boolean().nullish(),
  created_at: z.string(),
  created_by: namedOrNone,
  modified_at: text,
  due_on: text,
  due_at: text,
  assignee: namedOrNone,
  permalink_url: text,
  memberships: z.array(z.looseObject({ project: namedOrNone, section: namedOrNone })).nullish(),
  parent: z.looseObject({ gid: z.string() }).nullish(),
  dependents: z.array(z.looseObject({ gid: z.string() })).nullish(),
  custom_fields: z.array(z.looseObject({ gid: z.string(), name: text, display_value: text, enum_value: namedOrNone })).nullish(),
});
export type Task = z.infer<typeof taskSchema>;

/** A task with all its stories, and what they do not say themselves. */
export const recordSchema = z.object({
  task: taskSchema,
  stories: z.array(story),
  /** The project of the connection that the task is read from. */
  project: z.object({ gid: z.string(), name: z.string() }),
  /** Sections of that project that the task has been in, by id, as they are called now. */
  sections: z.record(z.string(), z.string()),
  /** Those who wrote or made the task and are guests. */
  guests: z.array(z.string()),
});
export type TaskRecord = z.infer<typeof recordSchema>;

const field = (...names: string[]) => names.join(',');

/** What is asked for of a task and of a story: without it Asana tells names and texts alone. */
export const taskFields = field(
  ...['name', 'notes', 'resource_subtype', 'completed', 'completed_at', 'created_at', 'created_by', 'created_by.name'],
  ...[
    'modified_at',
    'due_on',
    'due_at',
    'assignee.name',
    'permalink_url',
    'memberships.project.name',
    'memberships.section.name',
    'parent',
  ],
  ...['dependents', 'tags.name', 'custom_fields.name', 'custom_fields.display_value', 'custom_fields.enum_value.name'],
);
export const storyFields = field(
  ...['created_at', 'created_by.name', 'resource_subtype', 'text', 'type', 'assignee.name', 'project.name', 'duplicate_of'],
  ...['old_dates.due_on', 'old_dates.due_at', 'new_dates.due_on', 'new_dates.due_at', 'old_section.name', 'new_section.name'],
  ...['custom_field.name', 'old_enum_value.name', 'new_enum_value.name'],
);
