import { z } from 'zod';
import type { Context, Cursor, Json, Page } from '../../connector.js';
import { readWindow, windowFrom, type WindowPage, type WindowRules } from '../../incremental/window.js';
import type { FoundIssue } from './answers.js';
import { JiraClient } from './client.js';
import { JqlClock } from './jql.js';
import type { JiraConfig } from './payload.js';
import { IssueReader } from './reader.js';
import { IssueSearch, updatedOf, utc } from './search.js';

const halfDayMs = 12 * 3_600_000;
/** The search of the Cloud shows changes late, at times by hours: twice a day it is asked again for the last half day. */
const rules: WindowRules = { grain: 'min', overlapMs: 600_000, lagMs: 0, sweep: { everyMs: halfDayMs, depthMs: halfDayMs } };

const beginning = '1970-01-02T00:00:00.000Z';

const stateSchema = z.object({
  /** The first reading: issues created up to `start`, and where it goes on; null when it is over. */
  first: z.object({ start: z.string(), position: z.json(), done: z.number() }).nullable(),
  /** Changes since the last run. */
  window: z.object({ v: z.number(), state: z.json() }),
  /** What statuses were called: where one is renamed all is read again, since records hold names. */
  statuses: z.record(z.string(), z.string()),
});
type State = z.infer<typeof stateSchema>;

/** First all issues, the newest first; then what changed since that began. */
export async function* readIssues(config: JiraConfig, from: Cursor | null, context: Context): AsyncGenerator<Page> {
  const client = await JiraClient.open(config, context);
  const { zone, at } = await client.me();
  const statuses = new Map((await client.statuses()).map(({ id, name }) => [id, name]));
  const reader = new IssueReader(client, statuses, await client.fields());
  const search = new IssueSearch(config, client, new JqlClock(zone));
  const state = stateOf(from, statuses, at ?? context.now().toISOString(), at);

  if (state.first !== null) {
    const { first } = state;
    for await (const page of search.newestFirst(first.start, first.position)) {
      const { records, warnings } = await reader.recordsOf(page.issues);
      first.position = page.position;
      first.done += page.issues.length;
      if (page.isLast) state.first = null;
      const progress = { done: first.done, unit: 'records' as const };
      yield { records, warnings, next: cursorOf(state), done: false, sourceNow: page.at, progress };
    }
  }

  const pages = readWindow(state.window, rules, (bound, position) => changes(search, reader, bound ?? beginning, position));
  for await (const page of pages) {
    state.window = page.next;
    yield { ...page, next: cursorOf(state) };
  }
}

async function* changes(search: IssueSearch, reader: IssueReader, from: string, position: Json): AsyncGenerator<WindowPage> {
  for await (const page of search.changedSince(from, position)) {
    const { records, warnings } = await reader.recordsOf(page.issues);
    const times = new Map(page.issues.map((issue: FoundIssue) => [issue.id, updatedOf(issue)]));
    const rows = records.map((record) => ({ at: times.get(record.externalId) ?? from, record }));
    yield { rows, position: page.position, isLast: page.isLast, sourceNow: page.at, warnings };
  }
}

/** Ids of all issues that the account sees. */
export async function* issueIds(config: JiraConfig, context: Context): AsyncGenerator<string[]> {
  const client = await JiraClient.open(config, context);
  const { zone, at } = await client.me();
  const start = utc(Date.parse(at ?? context.now().toISOString()) + aheadMs);
  const search = new IssueSearch(config, client, new JqlClock(zone));
  for await (const { issues } of search.newestFirst(start, null, ['created'])) yield issues.map(({ id }) => id);
}

/** Issues that are made while others are read are among the changes; clocks of several nodes may differ. */
const aheadMs = 3_600_000;

function stateOf(from: Cursor | null, statuses: ReadonlyMap<string, string>, now: string, at: string | null): State {
  const earlier = from ? stateSchema.parse(from.state) : null;
  const isRenamed = earlier !== null && [...statuses].some(([id, name]) => (earlier.statuses[id] ?? name) !== name);
  const names = Object.fromEntries(statuses);
  if (earlier && !isRenamed) return { ...earlier, statuses: names };
  const start = utc(Date.parse(now) + aheadMs);
  return { first: { start, position: null, done: 0 }, window: windowFrom(now, at), statuses: names };
}

function cursorOf(state: State): Cursor {
  return { v: 1, state: structuredClone(state) };
}
