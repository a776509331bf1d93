import { z } from 'zod';
import { connectionShape } from '../../tables/mapping.js';
import { linkedToolsShape } from '../tool-links.js';
import { dueShape } from '../due-date.js';

/** A connection to the issues of a Linear workspace. */
export const configSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: 'write the address like https://tool.example.com' }).default('https://api.linear.app'),
  /** Keys of teams, the letters in front of the numbers of their issues; none: all that the key sees. */
  teams: z.array(z.string().min(1)).default([]),
  ...dueShape,
  service: z.enum(['project', 'team']).default('project'),
  /** People, by name, that are programs. */
  bots: z.array(z.string()).default([]),
  ...linkedToolsShape,
  ...connectionShape,
});
export type LinearConfig = z.infer<typeof configSchema>;

const text = z.string().nullish();
const ref = z.looseObject({ id: z.string() });
const named = z.looseObject({ id: z.string(), name: z.string() });
const bot = z.looseObject({ id: text, name: text }).nullish();
const pageInfo = z.looseObject({ hasNextPage: z.boolean(), endCursor: text });

/** A row of a history names what it changed: `IssueHistory` of Linear's schema. */
const change = z.looseObject({
  id: z.string(),
  createdAt: z.string(),
  actorId: text,
  botActor: bot,
  fromStateId: text,
  toStateId: text,
  fromTeamId: text,
  toTeamId: text,
  fromAssigneeId: text,
  toAssigneeId: text,
  fromDueDate: text,
  toDueDate: text,
});
export type Change = z.infer<typeof change>;

const comment = z.looseObject({
  id: z.string(),
  body: text,
  createdAt: z.string(),
  user: ref.nullish(),
  externalUser: named.nullish(),
  botActor: bot,
});
export type Comment = z.infer<typeof comment>;

export const issueSchema = z.looseObject({
  id: z.string(),
  identifier: z.string(),
  title: text,
  description: text,
  url: text,
  createdAt: z.string(),
  updatedAt: z.string(),
  archivedAt: text,
  trashed: z.boolean().nullish(),
  dueDate: text,
  priorityLabel: text,
  state: z.looseObject({ id: z.string(), type: z.string() }),
  team: ref,
  assignee: ref.nullish(),
  creator: ref.nullish(),
  externalUserCreator: named.nullish(),
  botActor: bot,
  project: named.nullish(),
  parent: ref.nullish(),
  history: z.looseObject({ nodes: z.array(change) }),
  comments: z.looseObject({ nodes: z.array(comment) }),
  relations: z.looseObject({ nodes: z.array(z.looseObject({ type: z.string(), createdAt: z.string(), relatedIssue: ref })) }),
  needs: z.looseObject({ nodes: z.array(z.looseObject({ customer: named.nullish() })) }),
});
export type Issue = z.infer<typeof issueSchema>;

/** An issue with all its history and comments, and names for the ids in them. */
export const recordSchema = z.object({
  issue: issueSchema,
  names: z.object({
    states: z.record(z.string(), z.string()),
    teams: z.record(z.string(), z.string()),
    people: z.record(z.string(), z.string()),
  }),
});
export type IssueRecord = z.infer<typeof recordSchema>;

/** As an answer lists issues, before what did not fit a page is read. */
export const listedSchema = z.looseObject({
  id: z.string(),
  updatedAt: z.string(),
  history: z.looseObject({ nodes: z.array(z.json()), pageInfo }),
  comments: z.looseObject({ nodes: z.array(z.json()), pageInfo }),
  relations: z.looseObject({ nodes: z.array(z.json()), pageInfo }),
});
export type ListedIssue = z.infer<typeof listedSchema>;
export { pageInfo as pageInfoSchema };
