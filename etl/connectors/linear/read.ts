import { z } from 'zod';
import type { Context, Cursor, Json, Page, RawRecord } from '../../connector.js';
import { fanOut } from '../../incremental/fan-out.js';
import { readWindow, type WindowPage, type WindowRules } from '../../incremental/window.js';
import { LinearClient, stuck } from './client.js';
import { issueSchema, type Issue, type LinearConfig, type ListedIssue } from './payload.js';

/** Rows of a history are put together for some minutes after they are written. */
const rules: WindowRules = {
  grain: 'ms',
  overlapMs: 900_000,
  lagMs: 0,
  sweep: { everyMs: 86_400_000, depthMs: 86_400_000 },
};
/** As often the same page may come again before it is clear that the pages do not move. */
const mostRepeats = 10;
const concurrency = 2;

const stateSchema = z.object({
  window: z.object({ v: z.number(), state: z.json() }).nullable(),
  /** What statuses were called: where one is renamed all is read again, since records hold names. */
  states: z.record(z.string(), z.string()),
});

interface Names {
  states: ReadonlyMap<string, string>;
  teams: ReadonlyMap<string, string>;
  people: ReadonlyMap<string, string>;
}

/** Issues changed since the last time, the last changed first: the checkpoint of the window moves with its last page. */
export async function* readIssues(config: LinearConfig, from: Cursor | null, context: Context): AsyncGenerator<Page> {
  const client = new LinearClient(config, context);
  const named = (rows: { id: string; name: string }[]) => new Map(rows.map(({ id, name }) => [id, name]));
  const names: Names = {
    states: named(await client.states()),
    teams: named(await client.teams()),
    people: named(await client.users()),
  };
  const states = Object.fromEntries(names.states);
  const earlier = from ? stateSchema.parse(from.state) : null;
  const isRenamed = earlier !== null && Object.entries(states).some(([id, name]) => (earlier.states[id] ?? name) !== name);
  const pages = readWindow(isRenamed ? null : (earlier?.window ?? null), rules, (bound, position) =>
    changed(client, names, bound, position),
  );
  for await (const page of pages) yield { ...page, next: { v: 1, state: { window: page.next as unknown as Json, states } } };
}

async function* changed(client: LinearClient, names: Names, bound: string | null, position: Json): AsyncGenerator<WindowPage> {
  let after = typeof position === 'string' ? position : null;
  let repeats = 0;
  for (;;) {
    const page = await client.issues(bound, after);
    if (page.next !== null && page.next === after) {
      repeats += 1;
      if (repeats > mostRepeats) throw stuck('issues');
      continue;
    }
    repeats = 0;
    after = page.next;
    const records = await fanOut(page.issues, concurrency, (issue) => recordOf(client, names, issue));
    const rows = records.map((record, index) => ({ at: page.issues[index]?.updatedAt ?? '', record }));
    yield { rows, position: after, isLast: after === null, sourceNow: page.at };
    if (after === null) return;
  }
}

async function recordOf(client: LinearClient, names: Names, listed: ListedIssue): Promise<RawRecord> {
  const history = [...listed.history.nodes, ...(await client.rest('history', listed))];
  const comments = [...listed.comments.nodes, ...(await client.rest('comments', listed))];
  const relations = [...listed.relations.nodes, ...(await client.rest('relations', listed))];
  const issue = { ...listed, history: { nodes: history }, comments: { nodes: comments }, relations: { nodes: relations } };
  const read = issueSchema.safeParse(issue);
  const payload = { issue, names: read.success ? namesIn(read.data, names) : null };
  return { externalId: listed.id, payload: payload as unknown as Json, op: 'upsert', position: `issue ${listed.id}` };
}

/** Names of what the issue speaks of, now or in its history. */
function namesIn(issue: Issue, names: Names): Record<keyof Names, Record<string, string>> {
  const pick = (known: ReadonlyMap<string, string>, ids: (string | null | undefined)[]) => {
    const told = [...new Set(ids.flatMap((id) => id ?? []))].sort();
    return Object.fromEntries(told.flatMap((id) => (known.has(id) ? [[id, known.get(id) ?? id]] : [])));
  };
  const rows = issue.history.nodes;
  const writers = issue.comments.nodes.map(({ user }) => user?.id);
  return {
    states: pick(names.states, [issue.state.id, ...rows.flatMap((row) => [row.fromStateId, row.toStateId])]),
    teams: pick(names.teams, [issue.team.id, ...rows.flatMap((row) => [row.fromTeamId, row.toTeamId])]),
    people: pick(names.people, [
      ...[issue.assignee?.id, issue.creator?.id, ...writers],
      ...rows.flatMap((row) => [row.actorId, row.fromAssigneeId, row.toAssigneeId]),
    ]),
  };
}
