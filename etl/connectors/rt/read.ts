import { z } from 'zod';
import { SourceError, type Context, type Cursor, type Page } from '../../connector.js';
import { mostRepeats, pageSize, RtClient, type Feed } from './client.js';
import type { RtConfig } from './payload.js';
import { TicketReader } from './reader.js';

/** Numbers are given when a change begins and seen when it is done: those of the last minutes are read again. */
const overlapMs = 300_000;
/** Once a day those of the day before are read again, for what came later still. */
const sweepMs = 86_400_000;
/** Tickets of a page of the first reading. */
const firstPageSize = 25;

const stateSchema = z.object({
  /** The first reading goes downwards: below this transaction; null before it began, 0 when it is over. */
  below: z.number().nullable(),
  /** Transactions up to here are read, whoever is late. */
  after: z.number(),
  /** Where a run that was broken off goes on; null between runs. */
  bound: z.number().nullable(),
  sweep: z.object({ after: z.number(), at: z.string().nullable() }),
});
type State = z.infer<typeof stateSchema>;

/** First all tickets, the newest first, by their creation; then those to which something happened since that began. */
export async function* readTickets(config: RtConfig, from: Cursor | null, context: Context): AsyncGenerator<Page> {
  const client = new RtClient(config, context);
  const reader = new TicketReader(client, await client.queues());
  const state = from ? stateSchema.parse(from.state) : await begin(client);
  if (state.below !== 0) yield* firstReading(client, reader, state);
  yield* changes(client, reader, state);
}

/** Taken before the first ticket is read: whatever happens from then on is read as a change. */
async function begin(client: RtClient): Promise<State> {
  const { rows, at } = await client.feed('id > 0', 'DESC', pageSize);
  const newest = Math.max(0, ...rows.map(({ id }) => id));
  const oldest = Math.min(newest + 1, ...rows.map(({ id }) => id));
  const after = settled(rows, oldest - 1, at);
  return { below: newest + 1, after, bound: null, sweep: { after, at } };
}

async function* firstReading(client: RtClient, reader: TicketReader, state: State): AsyncGenerator<Page> {
  let repeats = 0;
  let done = 0;
  let total: number | null = null;
  while (state.below !== 0) {
    const bound = state.below ?? 0;
    const page = await client.feed(`Type = 'Create' AND id < ${bound}`, 'DESC', firstPageSize);
    const rows = page.rows.filter(({ id }) => id < bound);
    repeats = guard(page, rows, repeats, `below ${bound}`);
    if (repeats > 0) continue;
    const isLast = rows.length === 0 || rows.length === page.total;
    total ??= page.total;
    done += rows.length;
    state.below = isLast ? 0 : Math.min(...rows.map(({ id }) => id));
    const progress = { done, ...(total === null ? {} : { total: Math.max(total, done) }), unit: 'records' as const };
    yield { ...(await reader.recordsOf(ticketsOf(rows))), next: cursorOf(state), done: false, sourceNow: page.at, progress };
  }
}

async function* changes(client: RtClient, reader: TicketReader, state: State): AsyncGenerator<Page> {
  const ordinary = state.after;
  let repeats = 0;
  let isSweep: boolean | null = null;
  for (;;) {
    const bound: number = state.bound ?? state.after;
    const page = await client.feed(`id > ${bound}`, 'ASC', pageSize);
    if (isSweep === null) {
      isSweep = state.bound === null && isDue(state, page);
      if (isSweep) {
        state.bound = state.sweep.after;
        state.sweep = { after: ordinary, at: page.at };
        continue;
      }
    }
    const rows = page.rows.filter(({ id }) => id > bound);
    repeats = guard(page, rows, repeats, `above ${bound}`);
    if (repeats > 0) continue;
    const isLast = rows.length === 0 || rows.length === page.total;
    if (state.after >= bound) state.after = Math.max(state.after, settled(rows, bound, page.at));
    state.bound = isLast ? null : Math.max(...rows.map(({ id }) => id));
    const { records, warnings } = await reader.recordsOf(ticketsOf(rows));
    const ordinaryTickets = new Set(ticketsOf(rows.filter(({ id }) => id > ordinary)));
    yield {
      records: records.map((record) => (ordinaryTickets.has(record.externalId) ? record : { ...record, isLate: true })),
      warnings,
      next: cursorOf(state),
      done: isLast,
      sourceNow: page.at,
    };
    if (isLast) return;
  }
}

function isDue({ sweep }: State, { at }: Feed): boolean {
  return at !== null && sweep.at !== null && Date.parse(at) - Date.parse(sweep.at) >= sweepMs;
}

/** The last transaction so old that all around it must be there; `bound` where none is. */
function settled(rows: Feed['rows'], bound: number, at: string | null): number {
  const byNumber = [...rows].sort((a, b) => a.id - b.id);
  const clock = at ?? byNumber.at(-1)?.at;
  const fresh = byNumber.findIndex((row) => clock !== undefined && Date.parse(clock) - Date.parse(row.at) < overlapMs);
  return (fresh === -1 ? byNumber.at(-1) : byNumber[fresh - 1])?.id ?? bound;
}

/** Counts pages that bring nothing of what was asked for; throws where it is always the same. */
function guard(page: Feed, rows: Feed['rows'], repeats: number, asked: string): number {
  if (page.rows.length === 0 || rows.length > 0) return 0;
  if (repeats < mostRepeats) return repeats + 1;
  throw new SourceError(
    `RT was asked for transactions ${asked} and gave ${page.rows[0]?.id} again and again: it ignores the bound, so reading cannot go on.`,
  );
}

function ticketsOf(rows: Feed['rows']): string[] {
  return [...new Set(rows.map(({ ticket }) => ticket))];
}

function cursorOf(state: State): Cursor {
  return { v: 1, state: structuredClone(state) };
}

/** All tickets that exist, also those that were deleted or merged, which the ticket search leaves out. */
export async function* ticketIds(client: RtClient): AsyncGenerator<string[]> {
  let repeats = 0;
  for (let bound = 0; ;) {
    const page = await client.feed(`Type = 'Create' AND id > ${bound}`, 'ASC', pageSize);
    const rows = page.rows.filter(({ id }) => id > bound);
    repeats = guard(page, rows, repeats, `above ${bound}`);
    if (repeats > 0) continue;
    yield ticketsOf(rows);
    if (rows.length === 0 || rows.length === page.total) return;
    bound = Math.max(...rows.map(({ id }) => id));
  }
}
