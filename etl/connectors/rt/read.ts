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
  const ask = (below: number) => client.feed(`Type = 'Create' AND id < ${below}`, 'DESC', firstPageSize);
  let done = 0;
  let total: number | null = null;
  for await (const { page, rows, next, isLast } of wholePages(ask, state.below ?? 0, 'DESC')) {
    total ??= page.total;
    done += rows.length;
    state.below = isLast ? 0 : next;
    const progress = { done, ...(total === null ? {} : { total: Math.max(total, done) }), unit: 'records' as const };
    yield { ...(await reader.recordsOf(ticketsOf(rows))), next: cursorOf(state), done: false, sourceNow: page.at, progress };
  }
}

async function* changes(client: RtClient, reader: TicketReader, state: State): AsyncGenerator<Page> {
  const ask = (above: number) => client.feed(`id > ${above}`, 'ASC', pageSize);
  const ordinary = state.after;
  let start = state.bound ?? state.after;
  let first: Feed | null = await ask(start);
  if (state.bound === null && isDue(state, first)) {
    start = state.sweep.after;
    state.sweep = { after: ordinary, at: first.at };
    first = null;
  }
  let bound = start;
  for await (const { page, rows, next, isLast } of wholePages(ask, start, 'ASC', first)) {
    if (state.after >= bound) state.after = Math.max(state.after, settled(rows, bound, page.at));
    bound = next;
    state.bound = isLast ? null : next;
    const { records, warnings } = await reader.recordsOf(ticketsOf(rows));
    const ordinaryTickets = new Set(ticketsOf(rows.filter(({ id }) => id > ordinary)));
    yield {
      records: records.map((record) => (ordinaryTickets.has(record.externalId) ? record : { ...record, isLate: true })),
      warnings,
      next: cursorOf(state),
      done: isLast,
      sourceNow: page.at,
    };
  }
}

interface WholePage {
  page: Feed;
  /** Those beyond the bound. */
  rows: Feed['rows'];
  next: number;
  isLast: boolean;
}

/**
 * Page after page by number. A page counts once the number left after it shows that it skipped none, where RT tells numbers;
 * else it is asked for again.
 */
async function* wholePages(
  ask: (bound: number) => Promise<Feed>,
  start: number,
  order: 'ASC' | 'DESC',
  first: Feed | null = null,
): AsyncGenerator<WholePage> {
  let bound = start;
  let repeats = 0;
  let page = first ?? (await ask(bound));
  while (page.rows.length > 0 && page.total !== 0) {
    const rows = page.rows.filter(({ id }) => (order === 'ASC' ? id > bound : id < bound));
    const ids = rows.map(({ id }) => id);
    const next = order === 'ASC' ? Math.max(...ids) : Math.min(...ids);
    const following: Feed | null = rows.length > 0 ? await ask(next) : null;
    const isSkipping = page.total !== null && following !== null && page.total - rows.length > (following.total ?? page.total);
    if (following === null || isSkipping) {
      repeats += 1;
      if (repeats > mostRepeats) throw ignored(order === 'ASC' ? `above ${bound}` : `below ${bound}`, page);
      page = await ask(bound);
      continue;
    }
    repeats = 0;
    const isLast = following.total === 0 || following.rows.length === 0;
    yield { page, rows, next, isLast };
    if (isLast) return;
    bound = next;
    page = following;
  }
  yield { page, rows: [], next: bound, isLast: true };
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

function ignored(asked: string, page: Feed): SourceError {
  return new SourceError(
    `RT was asked for transactions ${asked} and gave ${page.rows[0]?.id ?? 'none'} again and again: it ignores the bound, so reading cannot go on.`,
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
  const ask = (above: number) => client.feed(`Type = 'Create' AND id > ${above}`, 'ASC', pageSize);
  for await (const { rows } of wholePages(ask, 0, 'ASC')) yield ticketsOf(rows);
}
