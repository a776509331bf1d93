import { z } from 'zod';
import { connectionShape } from '../../tables/mapping.js';
import { labelList } from '../labels.js';
import { linkedToolsShape } from '../tool-links.js';

/** A connection to GitHub: which repositories, and what their labels mean. */
export const configSchema = z.strictObject({
  /** Of the API: GitHub Enterprise Server answers at `https://github.example.com/api/v3`. */
  url: z.url({ protocol: /^https?$/, error: 'write the address like https://api.github.com' }).default('https://api.github.com'),
  /** `owner/name`, each. */
  repositories: z.array(z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'a repository is written owner/name')).min(1),
  /** Labels that name the status of an open issue. */
  statusLabels: labelList(['status:']),
  /** `label`: one of `teamLabels`; `assignee`: the team of `teams` that the assignee is in. */
  team: z.enum(['label', 'assignee']).default('label'),
  teamLabels: labelList(['team:']),
  /** Log-ins of the people of a team, by its name. */
  teams: z.record(z.string(), z.array(z.string())).default({}),
  /** `author`: whoever opened the issue, where that is none of ours. */
  customer: z.enum(['author', 'label', 'repository']).default('author'),
  customerLabels: labelList(['customer:']),
  priorityLabels: labelList(['priority:']),
  /** Who has one of these relations to the repository is one of ours. */
  teamAssociations: z.array(z.string()).default(['OWNER', 'MEMBER', 'COLLABORATOR']),
  /** Log-ins of programs that GitHub does not call bots. */
  bots: z.array(z.string()).default([]),
  /** Rows asked for at once: fewer where a server is slow. */
  pageSize: z.number().int().min(2).max(100).default(100),
  ...linkedToolsShape,
  ...connectionShape,
});
export type GithubConfig = z.infer<typeof configSchema>;

const text = z.string().nullish();

const user = z.looseObject({ id: z.number().int(), login: z.string(), type: text });
export type User = z.infer<typeof user>;

const labelSchema = z
  .union([z.string(), z.looseObject({ name: z.string() })])
  .transform((label) => (typeof label === 'string' ? label : label.name));

/** https://docs.github.com/en/rest/issues/issues: the fields read of an issue; all others are kept too. */
const issueSchema = z.looseObject({
  number: z.number().int(),
  html_url: z.string(),
  title: z.string(),
  body: text,
  user: user.nullish(),
  author_association: text,
  state: z.string(),
  state_reason: text,
  type: z.looseObject({ name: z.string() }).nullish(),
  labels: z.array(labelSchema),
  assignees: z.array(user).nullish(),
  created_at: z.string(),
  updated_at: z.string(),
  closed_at: text,
});

/** https://docs.github.com/en/rest/using-the-rest-api/issue-event-types: comments have a body and a `user`, all others an `actor`. */
const timelineEvent = z.looseObject({
  event: z.string(),
  id: z.union([z.number(), z.string()]).nullish(),
  actor: user.nullish(),
  user: user.nullish(),
  created_at: text,
  state_reason: text,
  label: z.looseObject({ name: z.string() }).nullish(),
  assignee: user.nullish(),
  body: text,
  author_association: text,
  source: z
    .looseObject({
      issue: z
        .looseObject({
          number: z.number().int(),
          repository: z.looseObject({ full_name: z.string() }).nullish(),
          pull_request: z.unknown().optional(),
        })
        .nullish(),
    })
    .nullish(),
});
export type TimelineEvent = z.infer<typeof timelineEvent>;

/** An issue with its whole timeline. */
export const recordSchema = z.looseObject({ repository: z.string(), issue: issueSchema, timeline: z.array(timelineEvent) });
export type IssueRecord = z.infer<typeof recordSchema>;

/** Kinds of the timeline that tell nothing of status, owner or talk. */
export const silentEvents: ReadonlySet<string> = new Set([
  ...[
    'added_to_merge_queue',
    'added_to_project',
    'added_to_project_v2',
    'auto_merge_disabled',
    'auto_merge_enabled',
    'automatic_base_change_failed',
  ],
  ...[
    'automatic_base_change_succeeded',
    'base_ref_changed',
    'base_ref_deleted',
    'base_ref_force_pushed',
    'blocked_by_added',
    'blocked_by_removed',
  ],
  ...['blocking_added', 'blocking_removed', 'comment_deleted', 'committed', 'connected', 'convert_to_draft', 'converted_from_draft'],
  ...[
    'converted_note_to_issue',
    'converted_to_discussion',
    'copilot_work_finished',
    'copilot_work_started',
    'cross-referenced',
    'demilestoned',
  ],
  ...['deployed', 'deployment_environment_changed', 'disconnected', 'head_ref_deleted', 'head_ref_force_pushed', 'head_ref_restored'],
  ...[
    'issue_type_added',
    'issue_type_changed',
    'issue_type_removed',
    'line-commented',
    'locked',
    'marked_as_duplicate',
    'mentioned',
    'merged',
  ],
  ...['milestoned', 'moved_columns_in_project', 'parent_issue_added', 'parent_issue_removed', 'pinned', 'project_v2_item_status_changed'],
  ...['ready_for_review', 'referenced', 'removed_from_merge_queue', 'removed_from_project', 'removed_from_project_v2', 'renamed'],
  ...['review_dismissed', 'review_request_removed', 'review_requested', 'reviewed', 'sub_issue_added', 'sub_issue_removed', 'subscribed'],
  ...['transferred', 'unlocked', 'unmarked_as_duplicate', 'unpinned', 'unsubscribed', 'user_blocked', 'commit-commented'],
]);

/** Status of an open issue without a status label, and of a closed one by the reason given. */
export const plainStatuses = { open: 'open', closed: 'closed', notPlanned: 'not planned', duplicate: 'duplicate' } as const;

/** How a closed issue ended. */
export function closedStatus(reason: string | null | undefined): string {
  return reason === 'not_planned' ? plainStatuses.notPlanned : reason === 'duplicate' ? plainStatuses.duplicate : plainStatuses.closed;
}

/** `acme/shop#12`: issues are told apart by repository and number. */
export function itemId(repository: string, number: number): string {
  return `${repository}#${number}`;
}
