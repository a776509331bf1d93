import { z } from 'zod';
import { connectionShape } from '../../tables/mapping.js';
import { linkedToolsShape } from '../tool-links.js';
import { dueShape } from '../due-date.js';

const customField = z.strictObject({ field: z.string().min(1) });
const address = z.url({ protocol: /^https?$/, error: 'write the address like https://company.atlassian.net' });

/** A connection to a Jira, with or without Service Management: where it is, and what its words mean in the house's. */
export const configSchema = z.strictObject({
  /** `https://company.atlassian.net`, or where the Data Center answers, with its folder if it has one. */
  url: address,
  /** Where people open it, if that is another address. */
  webUrl: address.optional(),
  /** Whose API token or password it is; without it the secret is sent as a bearer token. */
  email: z.string().min(3).optional(),
  /** Absent: Jira is asked. */
  edition: z.enum(['cloud', 'data-center']).optional(),
  /** Keys of the projects to read; none: all that the account sees. */
  projects: z.array(z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'a project key is letters and digits, as in SUP')).default([]),
  ...dueShape,
  /** Name or id of a custom date field that holds the date given to the customer; without it the due date. */
  dueField: z.string().min(1).optional(),
  team: z.union([z.enum(['project']), customField]).default('project'),
  /** `organization`: the first one of the request, and the reporter where it has none. */
  customer: z.union([z.enum(['organization', 'reporter', 'project']), customField]).default('organization'),
  service: z.union([z.enum(['project', 'component', 'request-type']), customField]).default('project'),
  /** Who is a customer: accounts of customers (Service Management in the Cloud), or whoever an issue is reported by. */
  customers: z.enum(['accounts', 'reporters']).default('accounts'),
  /** People, by name, that are programs. */
  bots: z.array(z.string()).default([]),
  ...linkedToolsShape,
  ...connectionShape,
});
export type JiraConfig = z.infer<typeof configSchema>;
export type Edition = NonNullable<JiraConfig['edition']>;

const text = z.string().nullish();
const named = z.looseObject({ id: z.string(), name: z.string() });

const user = z.looseObject({ accountId: text, key: text, name: text, displayName: text, accountType: text });
export type User = z.infer<typeof user>;

/** `toString` is a property of every object: the texts of a change are told under names of their own. */
function ownTexts(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const told = new Map<string, unknown>(Object.entries(value));
  const renamed = { fromText: told.get('fromString') ?? null, toText: told.get('toString') ?? null };
  for (const name of ['fromString', 'toString']) told.delete(name);
  return { ...Object.fromEntries(told), ...renamed };
}

const change = z.preprocess(
  ownTexts,
  z.looseObject({
    field: z.string(),
    fieldId: text,
    fieldtype: text,
    from: text,
    to: text,
    fromText: text,
    toText: text,
    tmpFromAccountId: text,
    tmpToAccountId: text,
  }),
);
export type Change = z.infer<typeof change>;

const history = z.looseObject({ id: z.string(), author: user.nullish(), created: z.string(), items: z.array(change) });
export type History = z.infer<typeof history>;

const comment = z.looseObject({
  id: z.string(),
  author: user.nullish(),
  body: z.unknown(),
  created: z.string(),
  jsdPublic: z.boolean().nullish(),
  visibility: z.unknown().optional(),
  properties: z.array(z.looseObject({ key: z.string(), value: z.unknown() })).nullish(),
});
export type Comment = z.infer<typeof comment>;

const linked = z.looseObject({ id: z.string(), key: z.string() });

const issueSchema = z.looseObject({
  id: z.string(),
  key: z.string(),
  fields: z.looseObject({
    created: z.string(),
    updated: z.string(),
    status: named,
    project: z.looseObject({ id: z.string(), key: z.string(), name: z.string(), projectTypeKey: text }),
    issuetype: z.looseObject({ name: z.string() }),
    summary: text,
    description: z.unknown(),
    priority: z.looseObject({ name: z.string() }).nullish(),
    resolution: z.looseObject({ name: z.string() }).nullish(),
    assignee: user.nullish(),
    reporter: user.nullish(),
    creator: user.nullish(),
    duedate: text,
    labels: z.array(z.string()).nullish(),
    components: z.array(named).nullish(),
    parent: linked.nullish(),
    issuelinks: z
      .array(z.looseObject({ type: z.looseObject({ name: z.string(), outward: text }), outwardIssue: linked.nullish() }))
      .nullish(),
  }),
});

/** An issue with its whole changelog and comments, and what the ids in them are called. */
export const recordSchema = z.looseObject({
  issue: issueSchema,
  histories: z.array(history),
  comments: z.array(comment),
  /** Jira told of more changes than it gave. */
  isTruncated: z.boolean(),
  statuses: z.record(z.string(), z.string()),
  /** Custom fields that the issue fills, by id: what they are called, and their kind as in `schema.custom`. */
  fields: z.record(z.string(), z.object({ name: z.string(), kind: z.string() })),
});
export type IssueRecord = z.infer<typeof recordSchema>;
export type CustomFields = IssueRecord['fields'];

/** Null for nobody, and for accounts that Jira has made nameless. */
export function userId(told: User | null | undefined): string | null {
  return told?.accountId || told?.key || told?.name || null;
}

/** Value of a custom field named by id or by name; undefined where the issue has none. */
export function customValue({ issue, fields }: IssueRecord, field: string): unknown {
  const id = Object.entries(fields).find(([key, { name }]) => key === field || name === field)?.[0];
  return id === undefined ? undefined : issue.fields[id];
}

/** Value of the first field of a kind, `vp-origin` for example. */
export function valueOfKind({ issue, fields }: IssueRecord, kind: string): unknown {
  const id = Object.entries(fields).find(([, field]) => field.kind === kind)?.[0];
  return id === undefined ? undefined : issue.fields[id];
}

/** How Jira writes a value of a field: its id as changelogs have it, and its name for people. Null: none. */
export function valueOf(value: unknown): { id: string; name: string } | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'string' || typeof value === 'number') return { id: String(value), name: String(value) };
  if (Array.isArray(value)) {
    const all = value.flatMap((one) => valueOf(one) ?? []);
    return all.length === 0 ? null : { id: all.map(({ id }) => id).join(', '), name: all.map(({ name }) => name).join(', ') };
  }
  if (typeof value !== 'object') return null;
  const { id, value: option, name, title } = value as Record<string, unknown>;
  const texts = [id, option, name, title].map((one) => (typeof one === 'string' || typeof one === 'number' ? String(one) : undefined));
  const called = texts[1] ?? texts[2] ?? texts[3] ?? texts[0];
  return called === undefined ? null : { id: texts[0] ?? called, name: called };
}
