import { z } from 'zod';
import { connectionShape } from '../../tables/mapping.js';
import { dueShape } from '../due-date.js';
import { labelList } from '../labels.js';
import { linkedToolsShape } from '../tool-links.js';

/** A connection to a GitLab: which projects, and what their labels mean. */
export const configSchema = z.strictObject({
  /** Where GitLab answers, with its folder if it has one: `https://gitlab.example.com`. */
  url: z.url({ protocol: /^https?$/, error: 'write the address like https://gitlab.com' }).default('https://gitlab.com'),
  /** Paths of projects, each with its groups: `company/support/desk`. */
  projects: z.array(z.string().regex(/^[^/\s#]+(\/[^/\s#]+)+$/, 'a project is written group/name')).min(1),
  ...dueShape,
  /** Labels that name the status of an open issue. */
  statusLabels: labelList(['status::', 'workflow::']),
  /** `label`: one of `teamLabels`; `assignee`: the team of `teams` that the assignee is in. */
  team: z.enum(['label', 'assignee']).default('label'),
  teamLabels: labelList(['team::', 'group::']),
  /** User names of the people of a team, by its name. */
  teams: z.record(z.string(), z.array(z.string())).default({}),
  /** `author`: whoever opened the issue or wrote to the service desk, where that is none of ours. */
  customer: z.enum(['author', 'label', 'project']).default('author'),
  customerLabels: labelList(['customer::']),
  priorityLabels: labelList(['priority::']),
  /** Members with this access level or more are ours: 10 guest, 15 planner, 20 reporter, 30 developer. */
  teamAccess: z.number().int().min(5).max(50).default(20),
  /** User names of programs. */
  bots: z.array(z.string()).default([]),
  /** Rows asked for at once: fewer where a server is slow. */
  pageSize: z.number().int().min(2).max(100).default(100),
  ...linkedToolsShape,
  ...connectionShape,
});
export type GitlabConfig = z.infer<typeof configSchema>;

const id = z.number().int();
const text = z.string().nullish();

const user = z.looseObject({ id, username: z.string(), name: text, bot: z.boolean().nullish() });
export type User = z.infer<typeof user>;

/** https://docs.gitlab.com/api/issues/: the fields read of an issue; all others are kept too. */
const issueSchema = z.looseObject({
  iid: id,
  web_url: z.string(),
  title: z.string(),
  description: text,
  state: z.string(),
  issue_type: text,
  author: user.nullish(),
  assignees: z.array(user).nullish(),
  labels: z.array(z.string()),
  milestone: z.looseObject({ title: z.string() }).nullish(),
  due_date: text,
  created_at: z.string(),
  updated_at: z.string(),
  closed_at: text,
  confidential: z.boolean().nullish(),
  moved_to_id: id.nullish(),
  service_desk_reply_to: text,
  _links: z.looseObject({ closed_as_duplicate_of: text }).nullish(),
});

const stateEvent = z.looseObject({ id, user: user.nullish(), created_at: z.string(), state: z.string() });
/** A label that no longer exists has no name. */
const labelEvent = z.looseObject({
  id,
  user: user.nullish(),
  created_at: z.string(),
  label: z.looseObject({ name: z.string() }).nullish(),
  action: z.string(),
});
const note = z.looseObject({
  id,
  body: z.string(),
  author: user.nullish(),
  created_at: z.string(),
  system: z.boolean(),
  internal: z.boolean().nullish(),
  confidential: z.boolean().nullish(),
});
export type Note = z.infer<typeof note>;

/** An issue with its whole history, and the members of its project that it names. */
export const recordSchema = z.looseObject({
  project: z.string(),
  issue: issueSchema,
  states: z.array(stateEvent),
  labels: z.array(labelEvent),
  notes: z.array(note),
  members: z.array(z.looseObject({ id, username: z.string(), name: text, access_level: z.number() })),
});
export type IssueRecord = z.infer<typeof recordSchema>;

/** Status of an open issue without a status label, and of one that ended. */
export const plainStatuses = { open: 'open', closed: 'closed' } as const;

/** `company/desk#12`: issues are told apart by project and number. */
export function itemId(project: string, iid: number): string {
  return `${project}#${iid}`;
}
