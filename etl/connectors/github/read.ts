import { type Context, type Cursor, type Json, type Page, type RawRecord } from '../../connector.js';
import { fanOut } from '../../incremental/fan-out.js';
import { keysetPages, type KeysetPage } from '../../incremental/keyset.js';
import { fromOffset, numberedPages } from '../../incremental/numbered.js';
import { readRecentFirst, timedRecords, type TimedRecords } from '../../incremental/recent-first.js';
import type { WindowRules } from '../../incremental/window.js';
import { orAbsence } from '../presence.js';
import { concurrency, GithubClient, type ListedIssue } from './client.js';
import { itemId, type GithubConfig } from './payload.js';

/** References from elsewhere do not move an issue: the daily sweep reads the issues of a day again. */
const rules: WindowRules = {
  grain: 's',
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

/** One stream a repository. */
export function streamOf(repository: string): string {
  return prefix + repository;
}

/** Issues of one repository in the order of their change, those of the last month first, each with its whole timeline. */
export function readIssues(config: GithubConfig, stream: string, from: Cursor | null, context: Context): AsyncGenerator<Page> {
  const repository = stream.slice(prefix.length);
  const client = new GithubClient(config, repository, context);
  return readRecentFirst<Change>(
    {
      rules,
      atOf: ({ at }) => at,
      clock: async () => (await client.about()).at,
      changed: (bound, position) => changedSince(client, config.pageSize, bound, position),
      recordsOf: (rows) => recordsOf(client, repository, rows),
    },
    from,
  );
}

async function recordsOf(client: GithubClient, repository: string, rows: readonly Change[]): Promise<TimedRecords> {
  const issues = rows.filter(({ issue }) => !issue.pull_request);
  const read = await fanOut(issues, concurrency, ({ issue }) => orAbsence(() => recordOf(client, repository, issue)));
  return timedRecords(issues, read);
}

/**
 * GitHub does not say whether "since" takes in the second it names, so one second earlier is asked for; what it gives of that
 * second counts as a change of the bound itself.
 */
function changedSince(client: GithubClient, pageSize: number, from: string | null, position: Json): AsyncGenerator<KeysetPage<Change>> {
  return keysetPages<Change>(
    {
      pageSize,
      idOf: ({ issue }) => String(issue.number),
      atOf: ({ at }) => at,
      fetch: async (bound, offset) => {
        const since = bound === null ? undefined : secondBefore(bound);
        const page = await fromOffset(offset, pageSize, (number) => client.list({ since, sort: 'updated', page: number }));
        const clipped = (at: string) => (bound !== null && Date.parse(at) < Date.parse(bound) ? bound : at);
        return { ...page, rows: page.rows.map((issue) => ({ issue, at: clipped(issue.updated_at) })) };
      },
    },
    from,
    position,
  );
}

async function recordOf(client: GithubClient, repository: string, issue: ListedIssue): Promise<RawRecord | null> {
  const { number } = issue;
  const timeline = await client.timeline(number);
  if (timeline === null) return null;
  const payload = { repository, issue: issue as unknown as Json, timeline };
  return { externalId: String(number), payload, op: 'upsert', position: itemId(repository, number) };
}

/** Ids of all issues of one repository, page by page. */
export async function* issueIds(config: GithubConfig, repository: string, context: Context): AsyncGenerator<string[]> {
  const client = new GithubClient(config, repository, context);
  const list = { tool: 'GitHub', list: `the issues of ${repository}` };
  const pages = numberedPages(
    list,
    (issue: ListedIssue) => issue.number,
    (page) => client.list({ sort: 'created', page }),
  );
  for await (const rows of pages) yield rows.filter((issue) => !issue.pull_request).map((issue) => itemId(repository, issue.number));
}

function secondBefore(at: string): string {
  return new Date(Date.parse(at) - 1_000).toISOString().replace(/\.\d+Z$/, 'Z');
}
