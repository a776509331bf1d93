import { z } from 'zod';
import type { Context, Cursor, Json, Page, RawRecord } from '../../connector.js';
import { fanOut } from '../../incremental/fan-out.js';
import { timedRecords, type TimedRecords } from '../../incremental/recent-first.js';
import { readWindow, windowFrom, type WindowPage, type WindowRules } from '../../incremental/window.js';
import { orAbsence } from '../presence.js';
import { changedSince, issuesBelow } from './changes.js';
import { concurrency, RedmineClient, type ListedIssue } from './client.js';
import { NameBook } from './names.js';
import { issueSchema, type RedmineConfig } from './payload.js';

/** Notes are edited without moving their issue: the daily sweep reads the issues of a day again. */
const rules: WindowRules = {
  grain: 's',
  overlapMs: 300_000,
  lagMs: 0,
  sweep: { everyMs: 86_400_000, depthMs: 86_400_000 },
};

const stateSchema = z.object({
  /** Where the first reading, downwards by id, goes on; 0: it is over. */
  below: z.number().nullable(),
  /** Changes since the last run. */
  window: z.object({ v: z.number(), state: z.json() }).nullable(),
  /** What statuses were called: where one is renamed all is read again, since records hold names. */
  statuses: z.record(z.string(), z.string()),
});
type State = z.infer<typeof stateSchema>;

/** First all issues, the newest first; then what changed since that began. */
export async function* readIssues(config: RedmineConfig, from: Cursor | null, context: Context): AsyncGenerator<Page> {
  const client = new RedmineClient(config, context);
  const statuses = new Map((await client.statuses()).map((status) => [String(status.id), status.name]));
  const reader = new IssueReader(client, new NameBook(client, statuses));
  const state = stateOf(from, statuses);

  if (state.below !== 0) {
    let done = 0;
    for await (const page of issuesBelow(client, state.below)) {
      const { records, warnings } = await reader.recordsOf(page.issues);
      done += page.issues.length;
      state.below = page.below;
      const newest = page.issues
        .map((issue) => issue.updatedOn)
        .sort()
        .at(-1);
      // Taken from the first page: whatever changes while issues are read is read once more as a change.
      state.window ??= windowFrom(page.at ?? newest ?? null, page.at);
      const progress = { done, total: Math.max(done, page.total), unit: 'records' as const };
      yield { records: records.map(({ record }) => record), warnings, next: cursorOf(state), done: false, sourceNow: page.at, progress };
    }
  }

  const pages = readWindow(state.window, rules, (bound, position) => changes(client, reader, bound, position));
  for await (const page of pages) {
    state.window = page.next;
    yield { ...page, next: cursorOf(state) };
  }
}

async function* changes(client: RedmineClient, reader: IssueReader, from: string | null, position: Json): AsyncGenerator<WindowPage> {
  for await (const page of changedSince(client, from, position)) {
    const { records: rows, warnings } = await reader.recordsOf(page.rows);
    yield { rows, position: page.position, isLast: page.isLast, sourceNow: page.sourceNow, warnings };
  }
}

class IssueReader {
  constructor(
    private readonly client: RedmineClient,
    private readonly names: NameBook,
  ) {}

  async recordsOf(issues: readonly ListedIssue[]): Promise<TimedRecords> {
    const read = await fanOut(issues, concurrency, ({ id }) => orAbsence(() => this.recordOf(id)));
    return timedRecords(
      issues.map(({ updatedOn: at }) => ({ at })),
      read,
    );
  }

  /** The issue with everything its ids mean; null where it is gone. */
  private async recordOf(id: number): Promise<RawRecord | null> {
    const issue = await this.client.issue(id);
    if (issue === null) return null;
    const read = issueSchema.safeParse(issue);
    const payload = { issue, names: read.success ? await this.names.of(read.data) : null };
    return { externalId: String(id), payload, op: 'upsert', position: `issue ${id}` };
  }
}

function stateOf(from: Cursor | null, statuses: ReadonlyMap<string, string>): State {
  const earlier = from ? stateSchema.parse(from.state) : null;
  const isRenamed = earlier !== null && [...statuses].some(([id, name]) => (earlier.statuses[id] ?? name) !== name);
  const fresh = { below: null, window: null };
  return { ...(earlier && !isRenamed ? earlier : fresh), statuses: Object.fromEntries(statuses) };
}

function cursorOf(state: State): Cursor {
  return { v: 1, state: structuredClone(state) };
}
