import { SourceError, type Cursor, type Json, type Page, type RawRecord, type UnreadableRecord } from '../../connector.js';
import { authorsOf, exportSize, ZendeskClient, type ExportPage } from './client.js';
import { updateSchema } from './payload.js';

/** So far back the first reading begins, so that boards live early; what is older follows. */
const recentSeconds = 30 * 86_400;
/** Updates are read again from so long before the last one: the end of an export moves while it is written. */
const overlapSeconds = 300;
/** Once a day, a whole day is read again for what came late. */
const sweepSeconds = 86_400;

/** A page may come twice; one that comes more often is no accident. */
const mostRepeats = 10;

type Rows = (RawRecord | UnreadableRecord)[];

interface ExportState {
  /** `recent` and `older` only at the first reading. */
  phase: 'recent' | 'older' | 'live';
  /** Cursor, or Unix seconds. */
  next: string | number;
  /** Where `live` begins, once `older` is done. */
  live: string | number | null;
  /** Unix seconds: what is before it, is older. */
  since: number;
  /** Unix seconds of the source's clock at the last page, and at the last look back of a day. */
  readAt: number;
  sweptAt: number;
}

interface Export {
  fetch(from: string | number): Promise<ExportPage>;
  records(page: ExportPage): Promise<Rows>;
  /** Unix seconds by which the export is ordered. */
  timeOf(row: ExportPage['rows'][number]): number;
  isByTime: boolean;
  /** Reads all from the start in one go, where order does not matter to anyone. */
  isPlain?: boolean;
}

/**
 * Reads an export from where the cursor stands to its end: at first the last month, then what is older, from then on what is new.
 * Not by `readRecentFirst`, which finds changes by their times in a window: an export is a log read on from a place that only
 * Zendesk can give, so that what is new begins at the very place where the last month ended.
 */
export async function* readExport(source: Export, from: Cursor | null, clock: () => Promise<string | null>): AsyncGenerator<Page> {
  let state = from === null ? beginning(source, await clock()) : resumed(source, from.state as unknown as ExportState);
  let held: Rows = [];
  let repeats = 0;
  for (;;) {
    const page = await source.fetch(state.next);
    const next = page.next ?? state.next;
    const isOlderDone = state.phase === 'older' && page.rows.length > 0 && page.rows.every((row) => source.timeOf(row) >= state.since);
    const isEnd = page.isLast || isOlderDone;
    held.push(...(await source.records(page)));
    if (!isEnd && next === state.next) {
      repeats += 1;
      if (repeats > mostRepeats) throw stuck(source, page, state);
      continue;
    }
    repeats = 0;
    const isDone = isEnd && state.phase === 'live';
    state = advance({ ...state, next, readAt: secondsOf(page.at) ?? state.readAt }, isEnd);
    yield { records: held, next: { v: 1, state: { ...state } }, done: isDone, sourceNow: page.at };
    held = [];
    if (isDone) return;
  }
}

export async function* readGroups(client: ZendeskClient): AsyncGenerator<Page> {
  for await (const { rows, isLast, at } of client.groups()) {
    yield { records: rows.map(recordOf), next: { v: 1, state: null }, done: isLast, sourceNow: at };
  }
}

/** The updates with the roles of their authors, asked for page by page. */
export async function updateRecords(client: ZendeskClient, page: ExportPage): Promise<Rows> {
  const read = page.rows.map((row) => ({ row, update: updateSchema.safeParse(row) }));
  const roles = await client.rolesIn(read.flatMap(({ update }) => (update.success ? [update.data] : [])));
  return read.map(({ row, update }) => {
    const told = update.success ? authorsOf(update.data) : [];
    const known = told.flatMap((id) => (roles.get(id) ? [[String(id), roles.get(id) ?? '']] : []));
    return { externalId: String(row.id), payload: { update: row as Json, roles: Object.fromEntries(known) as Json }, op: 'upsert' };
  });
}

export function recordOf(row: { id?: unknown }): RawRecord {
  return { externalId: String(row.id), payload: row as Json, op: 'upsert' };
}

/** The month is counted by the source's clock; where it tells none, all is read in order. */
function beginning(source: Export, at: string | null): ExportState {
  const clock = secondsOf(at);
  const readAt = clock ?? 0;
  if (source.isPlain || clock === null) return { phase: 'live', next: 0, live: null, since: 0, readAt, sweptAt: readAt };
  const since = Math.max(0, clock - recentSeconds);
  return { phase: 'recent', next: since, live: null, since, readAt, sweptAt: readAt };
}

/** A run that begins in `live` looks back a little, once a day a day. */
function resumed(source: Export, state: ExportState): ExportState {
  if (state.phase !== 'live' || !source.isByTime || typeof state.next !== 'number') return state;
  const isSweep = state.readAt - state.sweptAt >= sweepSeconds;
  const back = isSweep ? sweepSeconds : overlapSeconds;
  return { ...state, next: Math.max(0, state.next - back), sweptAt: isSweep ? state.readAt : state.sweptAt };
}

function advance(state: ExportState, isEnd: boolean): ExportState {
  if (!isEnd || state.phase === 'live') return state;
  if (state.phase === 'recent') return { ...state, phase: 'older', next: 0, live: state.next };
  return { ...state, phase: 'live', next: state.live ?? 0, live: null };
}

function secondsOf(at: string | null): number | null {
  return at === null ? null : Math.floor(Date.parse(at) / 1000);
}

function stuck(source: Export, page: ExportPage, state: ExportState): SourceError {
  return source.isByTime && page.rows.length >= exportSize
    ? new SourceError(
        `More than ${exportSize} updates carry the second ${state.next}; Zendesk cannot give what is behind them, and none may be skipped.`,
      )
    : new SourceError(`Zendesk gives the same place, ${state.next}, again and again; the cursor does not move.`);
}
