import { z } from 'zod';
import type { Context, Cursor, Json, Page } from '../../connector.js';
import { keysetPages } from '../../incremental/keyset.js';
import { readWindow, windowFrom, type WindowRules } from '../../incremental/window.js';
import { HubspotClient, pageSize, type FoundObject } from './client.js';
import { NameBook } from './names.js';
import type { HubspotConfig, Kind } from './payload.js';
import { ObjectReader } from './reader.js';

/** The search of HubSpot is late by seconds, at times by many minutes; associations come without moving their object. */
const rules: WindowRules = {
  grain: 'ms',
  overlapMs: 3_600_000,
  lagMs: 0,
  sweep: { everyMs: 86_400_000, depthMs: 86_400_000 },
};
/** So far back the first reading begins, so that boards live early; what is older follows. */
const recentMs = 30 * 86_400_000;

const stateSchema = z.object({
  /** `recent` and `older` only at the first reading. */
  phase: z.enum(['recent', 'older', 'live']),
  /** ISO; what was modified before it is older. Null: HubSpot told no time. */
  since: z.string().nullable(),
  startedAt: z.string().nullable(),
  position: z.json(),
  window: z.object({ v: z.number(), state: z.json() }).nullable(),
  /** What stages were called: where one is renamed all is read again, since records hold names. */
  stages: z.record(z.string(), z.string()),
});
type State = z.infer<typeof stateSchema>;

/** First what was modified in the last month, then what is older, from then on what is new. */
export async function* readObjects(config: HubspotConfig, kind: Kind, from: Cursor | null, context: Context): AsyncGenerator<Page> {
  const client = new HubspotClient(config, context);
  const names = await NameBook.open(client);
  const reader = new ObjectReader(config, kind, client, names);
  const state = resumed(from, names.stages) ?? beginning((await client.account()).at, names.stages);
  let done = 0;

  while (state.phase !== 'live') {
    const isOlder = state.phase === 'older';
    for await (const page of changed(client, kind, isOlder ? null : state.since, state.position)) {
      const { records, warnings } = await reader.recordsOf(page.rows.map(({ id }) => id));
      done += page.rows.length;
      const isPast = isOlder && state.since !== null && page.rows.some(({ modifiedAt }) => isBy(state.since ?? '', modifiedAt));
      const isLast = page.isLast || isPast;
      state.position = page.position;
      if (isLast) endPhase(state);
      const progress = { done, unit: 'records' as const };
      yield { records, warnings, next: cursorOf(state), done: false, sourceNow: page.sourceNow, progress };
      if (isLast) break;
    }
  }

  const pages = readWindow(state.window, rules, async function* (bound, position) {
    for await (const page of changed(client, kind, bound, position)) {
      const { records, warnings } = await reader.recordsOf(page.rows.map(({ id }) => id));
      const times = new Map(page.rows.map(({ id, modifiedAt }) => [id, modifiedAt]));
      const rows = records.map((record) => ({ at: times.get(record.externalId) ?? '', record }));
      yield { rows, position: page.position, isLast: page.isLast, sourceNow: page.sourceNow, warnings };
    }
  });
  for await (const page of pages) {
    state.window = page.next;
    yield { ...page, next: cursorOf(state) };
  }
}

/** HubSpot gives no more than 10,000 objects of one search, so each page begins at the time where the one before ended. */
function changed(client: HubspotClient, kind: Kind, from: string | null, position: Json) {
  return keysetPages<FoundObject>(
    {
      pageSize,
      idOf: ({ id }) => id,
      atOf: ({ modifiedAt }) => modifiedAt,
      fetch: async (bound, offset) => {
        const { found, hasMore, at } = await client.search(kind, bound, offset);
        return { rows: found, sourceNow: at, hasMore };
      },
    },
    from,
    position,
  );
}

function beginning(at: string | null, stages: ReadonlyMap<string, string>): State {
  const since = at === null ? null : new Date(Date.parse(at) - recentMs).toISOString();
  return { phase: 'recent', since, startedAt: at, position: null, window: null, stages: Object.fromEntries(stages) };
}

/** Without a time of HubSpot's all was recent, and changes are told by their own times. */
function endPhase(state: State): void {
  state.position = null;
  const isMore = state.phase === 'recent' && state.since !== null;
  state.phase = isMore ? 'older' : 'live';
  if (!isMore) state.window = state.startedAt === null ? null : windowFrom(state.startedAt, state.startedAt);
}

function resumed(from: Cursor | null, stages: ReadonlyMap<string, string>): State | null {
  if (from === null) return null;
  const state = stateSchema.parse(from.state);
  const isRenamed = [...stages].some(([id, name]) => (state.stages[id] ?? name) !== name);
  return isRenamed ? null : { ...state, stages: Object.fromEntries(stages) };
}

function cursorOf(state: State): Cursor {
  return { v: 1, state: structuredClone(state) };
}

function isBy(a: string, b: string): boolean {
  return Date.parse(a) <= Date.parse(b);
}
