import { z } from 'zod';
import type { Cursor, Json, Page, RawRecord } from '../connector.js';
import type { KeysetPage } from './keyset.js';
import { readWindow, windowFrom, type WindowRules } from './window.js';

/** So far back the first reading begins, so that boards live early; what is older follows. */
const recentMs = 30 * 86_400_000;

export interface RecentFirstSource<Row> {
  rules: WindowRules;
  /** The tool's own clock, ISO; null where it tells none. */
  clock(): Promise<string | null>;
  /** Rows changed at `from` (ISO, null: ever) or later, by time of change. */
  changed(from: string | null, position: Json): AsyncIterable<KeysetPage<Row>>;
  atOf(row: Row): string;
  /** What is stored of these rows, each with the time of change of its row. */
  recordsOf(rows: readonly Row[]): Promise<TimedRecords>;
}

/** Records with the time of change of their rows, and codes of the rows that could not be read. */
export interface TimedRecords {
  records: { at: string; record: RawRecord }[];
  warnings: string[];
}

/** What was read of each row, a record or a code of why there is none, put together with the times of the rows. */
export function timedRecords(rows: readonly { at: string }[], read: readonly (RawRecord | string)[]): TimedRecords {
  const records = rows.flatMap(({ at }, index) => {
    const record = read[index];
    return record === undefined || typeof record === 'string' ? [] : [{ at, record }];
  });
  return { records, warnings: read.filter((record) => typeof record === 'string') };
}

const stateSchema = z.object({
  /** `recent` and `older` only at the first reading. */
  phase: z.enum(['recent', 'older', 'live']),
  /** ISO; what changed before it is older. Null: the tool told no time, all is recent. */
  since: z.string().nullable(),
  startedAt: z.string().nullable(),
  position: z.json(),
  window: z.object({ v: z.number(), state: z.json() }).nullable(),
});
type State = z.infer<typeof stateSchema>;

/** Reads a stream by time of change: at first the last month, then what is older, from then on what is new. */
export async function* readRecentFirst<Row>(source: RecentFirstSource<Row>, from: Cursor | null): AsyncGenerator<Page> {
  const state = from === null ? beginning(await source.clock()) : stateSchema.parse(from.state);
  let done = 0;
  while (state.phase !== 'live') {
    const older = state.phase === 'older' ? state.since : null;
    for await (const page of source.changed(older === null ? state.since : null, state.position)) {
      const { records, warnings } = await source.recordsOf(page.rows);
      done += page.rows.length;
      const isPast = older !== null && page.rows.some((row) => Date.parse(source.atOf(row)) >= Date.parse(older));
      const isLast = page.isLast || isPast;
      state.position = page.position;
      if (isLast) endPhase(state);
      const progress = { done, unit: 'records' as const };
      const plain = records.map(({ record }) => record);
      yield { records: plain, warnings, next: cursorOf(state), done: false, sourceNow: page.sourceNow, progress };
      if (isLast) break;
    }
  }

  const pages = readWindow(state.window, source.rules, async function* (bound, position) {
    for await (const page of source.changed(bound, position)) {
      const { records, warnings } = await source.recordsOf(page.rows);
      yield { rows: records, position: page.position, isLast: page.isLast, sourceNow: page.sourceNow, warnings };
    }
  });
  for await (const page of pages) {
    state.window = page.next;
    yield { ...page, next: cursorOf(state) };
  }
}

function beginning(at: string | null): State {
  const since = at === null ? null : new Date(Date.parse(at) - recentMs).toISOString();
  return { phase: 'recent', since, startedAt: at, position: null, window: null };
}

/** Whatever changes while the first reading goes on is read once more as a change. */
function endPhase(state: State): void {
  state.position = null;
  const isMore = state.phase === 'recent' && state.since !== null;
  state.phase = isMore ? 'older' : 'live';
  if (!isMore) state.window = state.startedAt === null ? null : windowFrom(state.startedAt, state.startedAt);
}

function cursorOf(state: State): Cursor {
  return { v: 1, state: structuredClone(state) };
}
