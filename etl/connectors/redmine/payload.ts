import { z } from 'zod';
import { connectionShape } from '../../tables/mapping.js';
import { linkedToolsShape } from '../tool-links.js';
import { dueShape } from '../due-date.js';
import type { ValueChange } from '../value-history.js';

const customField = z.strictObject({ field: z.string().min(1) });

/** A connection to a Redmine: where it is, and what its words mean in the house's. */
export const configSchema = z.strictObject({
  /** Where Redmine answers, with its folder if it has one: `https://tracker.example.com/redmine`. */
  url: z.url({ protocol: /^https?$/, error: 'write the address like https://tool.example.com' }),
  /** Where people open it, if that is another address. */
  webUrl: z.url({ protocol: /^https?$/, error: 'write the address like https://tool.example.com' }).optional(),
  ...dueShape,
  /** `group`: the group an issue is assigned to, or the one group of the person it is assigned to. */
  team: z.enum(['group', 'project', 'category']).default('group'),
  /** `author`: whoever opened the issue, where that is a customer. */
  customer: z.union([z.enum(['author', 'project']), customField]).default('author'),
  service: z.union([z.enum(['project', 'category']), customField]).default('project'),
  /** Who has no other roles than these in the projects of an issue is a customer there. */
  customerRoles: z.array(z.string()).default(['Reporter', 'Non member']),
  /** People, by name, that are programs. */
  bots: z.array(z.string()).default([]),
  ...linkedToolsShape,
  ...connectionShape,
});
export type RedmineConfig = z.infer<typeof configSchema>;

const id = z.number().int();
const named = z.looseObject({ id, name: z.string() });
const namedOrNone = named.nullish();

const detail = z.looseObject({
  property: z.string(),
  name: z.string(),
  old_value: z.string().nullish(),
  new_value: z.string().nullish(),
});
export type Detail = z.infer<typeof detail>;

const journal = z.looseObject({
  id,
  user: namedOrNone,
  notes: z.string().nullish(),
  created_on: z.string(),
  private_notes: z.boolean().nullish(),
  details: z.array(detail),
});
export type Journal = z.infer<typeof journal>;

/** https://www.redmine.org/projects/redmine/wiki/Rest_Issues: the fields read of one issue; all others are kept too. */
export const issueSchema = z.looseObject({
  id,
  project: named,
  tracker: named,
  status: named,
  priority: namedOrNone,
  author: namedOrNone,
  assigned_to: namedOrNone,
  category: namedOrNone,
  parent: z.looseObject({ id }).nullish(),
  subject: z.string(),
  description: z.string().nullish(),
  due_date: z.string().nullish(),
  custom_fields: z.array(z.looseObject({ id, name: z.string(), value: z.union([z.string(), z.array(z.string())]).nullish() })).nullish(),
  created_on: z.string(),
  updated_on: z.string(),
  relations: z.array(z.looseObject({ issue_id: id, issue_to_id: id, relation_type: z.string() })).nullish(),
  journals: z.array(journal),
});
export type Issue = z.infer<typeof issueSchema>;

/** Someone an issue names: what Redmine says of them beside the issue. */
const person = z.object({
  name: z.string(),
  isGroup: z.boolean(),
  /** Roles in the projects the issue has been in. */
  roles: z.array(z.string()),
  isAdmin: z.boolean(),
  /** The one group a person is in; null where there are none or several, or where the key may not see it. */
  group: z.string().nullable(),
});
export type Person = z.infer<typeof person>;

/** An issue with its journals, and names for the ids in them: journals tell ids alone. */
export const recordSchema = z.looseObject({
  issue: issueSchema,
  names: z.object({
    statuses: z.record(z.string(), z.string()),
    projects: z.record(z.string(), z.string()),
    categories: z.record(z.string(), z.string()),
    people: z.record(z.string(), person),
  }),
});
export type IssueRecord = z.infer<typeof recordSchema>;
export type Names = IssueRecord['names'];

/** Attributes whose history the house reads. */
export const followedAttributes = ['status_id', 'assigned_to_id', 'due_date', 'project_id', 'category_id'] as const;
export type FollowedAttribute = (typeof followedAttributes)[number];

/** What an issue has now in an attribute, written as journals write it; null: nothing. */
export function currentOf(issue: Issue, attribute: FollowedAttribute): string | null {
  if (attribute === 'due_date') return issue.due_date ?? null;
  const { status, assigned_to, project, category } = issue;
  const now = { status_id: status, assigned_to_id: assigned_to, project_id: project, category_id: category }[attribute];
  return now ? String(now.id) : null;
}

/** The changes of an attribute, the first one first. */
export function changesOf(issue: Issue, attribute: FollowedAttribute): ValueChange[] {
  return issue.journals.flatMap(({ details }) =>
    details.filter((found) => isOf(found, attribute)).map((found) => ({ from: valueOf(found.old_value), to: valueOf(found.new_value) })),
  );
}

/** Every value an attribute ever had. */
export function valuesOf(issue: Issue, attribute: FollowedAttribute): (string | null)[] {
  return [...changesOf(issue, attribute).flatMap(({ from, to }) => [from, to]), currentOf(issue, attribute)];
}

export function isOf({ property, name }: Detail, attribute: FollowedAttribute): boolean {
  return property === 'attr' && name === attribute;
}

export function valueOf(value: string | null | undefined): string | null {
  return value === undefined || value === '' ? null : value;
}
