import { type Context, type Cursor, type Json, type Page, type RawRecord } from '../../connector.js';
import { fanOut } from '../../incremental/fan-out.js';
import { keysetPages, type KeysetPage } from '../../incremental/keyset.js';
import { fromOffset, numberedPages } from '../../incremental/numbered.js';
import { readRecentFirst, timedRecords } from '../../incremental/recent-first.js';
import type { WindowRules } from '../../incremental/window.js';
import { orAbsence } from '../presence.js';
import { concurrency, GitlabClient, type ListedIssue, type Member } from './client.js';
import { itemId, type GitlabConfig } from './payload.js';

/** Notes are edited without moving their issue: the daily sweep reads the issues of a day again. */
const rules: WindowRules = {
  grain: 'ms',
  overlapMs: 300_000,
  lagMs: 0,
  sweep: { everyMs: 86_400_000, depthMs: 86_400_000 },
};

/** An issue, and the time of change that it counts for. */
interface Change {
  issue: ListedIssue;
  at: string;
}

const prefix = 'issues of ';

/** One stream a project. */
export function streamOf(project: string): string {
  return prefix + project;
}

/** Issues of one project in the order of their change, those of the last month first, each with its whole history. */
export function readIssues(config: GitlabConfig, stream: string, from: Cursor | null, context: Context): AsyncGenerator<Page> {
  const project = stream.slice(prefix.length);
  const client = new GitlabClient(config, project, context);
  const reader = new IssueReader(client, project);
  return readRecentFirst<Change>(
    {
      rules,
      atOf: ({ at }) => at,
      clock: async () => (await client.project()).at,
      changed: (bound, position) => changedSince(client, config.pageSize, bound, position),
      recordsOf: async (rows) =>
        timedRecords(rows, await fanOut(rows, concurrency, ({ issue }) => orAbsence(() => reader.recordOf(issue)))),
    },
    from,
  );
}

/** GitLab keeps parts of a millisecond that it does not show: asked for from one earlier, what lies there counts for the bound itself. */
function changedSince(client: GitlabClient, pageSize: number, from: string | null, position: Json): AsyncGenerator<KeysetPage<Change>> {
  return keysetPages<Change>(
    {
      pageSize,
      idOf: ({ issue }) => String(issue.iid),
      atOf: ({ at }) => at,
      fetch: async (bound, offset) => {
        const updated_after = bound === null ? undefined : new Date(Date.parse(bound) - 1).toISOString();
        const page = await fromOffset(offset, pageSize, (number) => client.list({ updated_after, order_by: 'updated_at', page: number }));
        const clipped = (at: string) => (bound !== null && Date.parse(at) < Date.parse(bound) ? bound : at);
        return { ...page, rows: page.rows.map((issue) => ({ issue, at: clipped(issue.updated_at) })) };
      },
    },
    from,
    position,
  );
}

class IssueReader {
  private members: Promise<Member[]> | null = null;

  constructor(
    private readonly client: GitlabClient,
    private readonly project: string,
  ) {}

  /** The issue with its history; null where it is gone. */
  async recordOf(issue: ListedIssue): Promise<RawRecord | null> {
    const { iid } = issue;
    const history = await this.client.history(iid);
    if (history === null) return null;
    this.members ??= this.client.members();
    const payload = {
      project: this.project,
      issue: issue as unknown as Json,
      ...history,
      members: named(await this.members, issue, history),
    };
    return { externalId: String(iid), payload, op: 'upsert', position: itemId(this.project, iid) };
  }
}

/** Members that an issue names, by id or as @name, so that a new member elsewhere changes no record. */
function named(members: readonly Member[], ...told: unknown[]): Json[] {
  const text = JSON.stringify(told);
  return members
    .filter(({ id, username }) => text.includes(`"id":${id},`) || text.includes(`@${username}`))
    .sort((a, b) => a.id - b.id)
    .map(({ id, username, name, access_level }) => ({ id, username, name: typeof name === 'string' ? name : null, access_level }));
}

/** Ids of all issues of one project, page by page. */
export async function* issueIds(config: GitlabConfig, project: string, context: Context): AsyncGenerator<string[]> {
  const client = new GitlabClient(config, project, context);
  const list = { tool: 'GitLab', list: `the issues of ${project}` };
  const pages = numberedPages(
    list,
    (issue: ListedIssue) => issue.iid,
    (page) => client.list({ order_by: 'created_at', page }),
  );
  for await (const rows of pages) yield rows.map((issue) => itemId(project, issue.iid));
}
