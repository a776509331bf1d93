import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { SourceError, type Context, type Cursor, type Json, type Page, type StreamDef } from './connector.js';
import { readConnection, type StoredConnection } from './connections/read.js';
import { builtInConnectors, type ConnectorRegistry } from './connectors/index.js';
import { loadPage, preparePage } from './load.js';
import { stagingTables } from './load/merge.sql.js';
import { KnownParties } from './load/page-parties.js';
import type { LoadTarget, PagePlan } from './load/page-plan.js';
import { CheckpointConflict, type PageCounts } from './load/write.js';
import { replayHeld } from './replay.js';
import { holdConnection } from './sync-lock.js';

export interface SyncProgress {
  connection: string;
  stream: string;
  records: number;
  progress?: Page['progress'];
}

export interface SyncOptions {
  signal?: AbortSignal;
  now?: () => Date;
  onProgress?: (progress: SyncProgress) => void;
  secret?: (name: string) => Promise<string>;
  connectors?: ConnectorRegistry;
}

export interface SyncOutcome extends PageCounts {
  connection: string;
  /** `incomplete`: stopped before the end; what was loaded stays, the data's own time does not move. */
  state: 'complete' | 'incomplete';
  /** ISO. The data's own time after this run; null before the first complete one. */
  asOf: string | null;
}

/** A sync that could not go on. Says connection, stream and place; `cause` is what happened. */
export class SyncError extends Error {
  override name = 'SyncError';
}

/**
 * Reads every stream of a connection from its checkpoint and loads it page by page. One at a time per connection.
 * Throws `SyncError` where the source or the database fails; pages committed until then stay.
 */
export async function syncConnection(pool: Pool, name: string, options: SyncOptions = {}): Promise<SyncOutcome> {
  const connection = await readConnection(pool, name, options.connectors ?? builtInConnectors);
  const now = options.now ?? (() => new Date());
  const context: Context = { signal: options.signal ?? new AbortController().signal, now, secret: options.secret ?? noSecret };
  return holdConnection(pool, connection, async (client) => {
    await closeLeftoverRuns(client, connection.id, now());
    if (connection.mapVersion !== connection.connector.mapVersion) await replayHeld(client, connection, now());
    const { streams } = await connection.connector.discover(connection.config, context).catch((cause: unknown) => {
      throw new SyncError(`${connection.name}: ${messageOf(cause)}`, { cause });
    });
    const outcome: SyncOutcome = { connection: name, state: 'complete', asOf: connection.asOf, ...noCounts() };
    for (const stream of streams) {
      const run = await syncStream(client, connection, stream, context, options.onProgress);
      addCounts(outcome, run.counts);
      if (run.state === 'incomplete') return { ...outcome, state: 'incomplete' };
    }
    outcome.asOf = await moveWatermark(client, connection.id, now());
    return outcome;
  });
}

async function syncStream(
  client: PoolClient,
  connection: StoredConnection,
  stream: StreamDef,
  context: Context,
  onProgress: SyncOptions['onProgress'],
): Promise<{ state: 'complete' | 'incomplete'; counts: PageCounts }> {
  const runId = randomUUID();
  const startedAt = context.now().toISOString();
  await client.query(`insert into ingest.sync_run (id, connection_id, stream, state, started_at) values ($1, $2, $3, 'running', $4)`, [
    runId,
    connection.id,
    stream.name,
    startedAt,
  ]);
  await client.query(stagingTables);
  const target: LoadTarget = {
    connectionId: connection.id,
    stream: stream.name,
    runId,
    connector: connection.connector,
    config: connection.config,
    statuses: connection.settings.statuses,
    known: new KnownParties(),
    seenAt: startedAt,
    ...(await knownSoFar(client, connection.id, stream.name)),
  };
  const counts = noCounts();
  let done = false;
  try {
    const checkpoint = await readCheckpoint(client, connection.id, stream.name);
    let { seq } = checkpoint;
    const pages = connection.connector.read(connection.config, stream.name, checkpoint.cursor, context);
    for await (const prepared of readAhead(pages, (page) => preparePage(target, page))) {
      const { page } = prepared;
      if (context.signal.aborted) break;
      const cursor = stream.order === 'unsorted' && !page.done ? checkpoint.cursor : page.next;
      const gate = counts.fetched === 0 ? refuseWrongMapping : undefined;
      addCounts(counts, await loadPage(client, target, prepared, { cursor: cursor as Json, expectedSeq: seq }, gate));
      seq += 1;
      onProgress?.({
        connection: connection.name,
        stream: stream.name,
        records: counts.fetched,
        ...(page.progress ? { progress: page.progress } : {}),
      });
      if (counts.quarantined > muchUnreadable && counts.quarantined * 2 > counts.fetched) {
        throw new SourceError(
          `More than half of the records so far could not be read (${counts.quarantined} of ${counts.fetched}); see the quarantine.`,
        );
      }
      done = page.done;
      if (done) break;
    }
  } catch (cause) {
    const message = `${connection.name}, stream ${stream.name}, after ${counts.fetched} records: ${messageOf(cause)}`;
    await closeRun(client, runId, counts.fetched > 0 ? 'incomplete' : 'failed', message, context.now());
    throw cause instanceof CheckpointConflict ? cause : new SyncError(message, { cause });
  }
  const state = done && isBalanced(counts) ? 'complete' : 'incomplete';
  const stopped = context.signal.aborted ? 'Stopped on request.' : 'The source ended before its last page.';
  const unbalanced = `The ledger does not balance: ${JSON.stringify(counts)}.`;
  await closeRun(client, runId, state, state === 'complete' ? null : done ? unbalanced : stopped, context.now());
  return { state, counts };
}

/** Enough to be no accident: a file with a few bad lines in front is not stopped. */
const muchUnreadable = 1_000;
const smallPage = 20;

/** A wrong mapping fails most records alike: then one clear error is worth more than a hundred thousand quarantined rows. */
function refuseWrongMapping(plan: PagePlan, page: Page): void {
  const [first] = plan.quarantine;
  if (!first) return;
  const all = page.records.length;
  const alike = plan.quarantine.filter((row) => row.code === first.code).length;
  if (alike < all && (all < smallPage || alike * 2 <= all)) return;
  const many = alike === 1 && all === 1 ? 'The only record fails' : `${alike} of the first ${all} records fail alike`;
  throw new SourceError(`${many}, so nothing was loaded. ${first.position}: ${first.reason}`);
}

/** Fetches and prepares the next page while this one is being written. */
async function* readAhead<T>(pages: AsyncIterable<Page>, prepare: (page: Page) => T): AsyncGenerator<T> {
  const iterator = pages[Symbol.asyncIterator]();
  const fetch = async () => {
    const step = await iterator.next();
    return step.done ? null : prepare(step.value);
  };
  let next = fetch();
  try {
    for (;;) {
      const prepared = await next;
      if (prepared === null) return;
      next = fetch();
      // Its failure is met by the next turn of the loop, not before.
      next.catch(() => undefined);
      yield prepared;
    }
  } finally {
    await next.catch(() => undefined);
    await iterator.return?.();
  }
}

async function knownSoFar(client: PoolClient, connection: string, stream: string): Promise<{ isFresh: boolean; hasQuarantine: boolean }> {
  const found = await client.query<{ is_fresh: boolean; has_quarantine: boolean }>(
    `select
      not exists (select from ingest.raw_record where connection_id = $1 and stream = $2) as is_fresh,
      exists (select from ingest.quarantine where connection_id = $1 and resolved_at is null) as has_quarantine`,
    [connection, stream],
  );
  const [row] = found.rows;
  return { isFresh: row?.is_fresh ?? false, hasQuarantine: row?.has_quarantine ?? true };
}

async function readCheckpoint(client: PoolClient, connection: string, stream: string): Promise<{ cursor: Cursor | null; seq: number }> {
  const found = await client.query<{ cursor: Cursor | null; seq: number }>(
    'select cursor, seq::int as seq from ingest.checkpoint where connection_id = $1 and stream = $2',
    [connection, stream],
  );
  return found.rows[0] ?? { cursor: null, seq: 0 };
}

/** A run that is still `running` while nobody holds the connection belongs to a process that died. */
async function closeLeftoverRuns(client: PoolClient, connection: string, at: Date): Promise<void> {
  await client.query(
    `update ingest.sync_run
    set state = 'failed', finished_at = $2, error = 'The process ended before the run did; the next run went on from its checkpoint.'
    where connection_id = $1 and state = 'running'`,
    [connection, at.toISOString()],
  );
}

async function closeRun(client: PoolClient, run: string, state: string, error: string | null, at: Date): Promise<void> {
  await client.query('update ingest.sync_run set state = $2, error = $3, finished_at = $4 where id = $1', [
    run,
    state,
    error,
    at.toISOString(),
  ]);
}

async function moveWatermark(client: PoolClient, connection: string, at: Date): Promise<string | null> {
  const moved = await client.query<{ as_of: Date | null }>(
    `update ingest.connection
    set last_complete_at = $2,
      as_of_at = (select coalesce(min(source_now), max(latest_at)) from ingest.checkpoint where connection_id = $1)
    where id = $1
    returning as_of_at as as_of`,
    [connection, at.toISOString()],
  );
  return moved.rows[0]?.as_of?.toISOString() ?? null;
}

function noCounts(): PageCounts {
  return { fetched: 0, inserted: 0, updated: 0, unchanged: 0, duplicate: 0, quarantined: 0, warnings: {} };
}

function addCounts(sum: PageCounts, page: PageCounts): void {
  for (const key of ['fetched', 'inserted', 'updated', 'unchanged', 'duplicate', 'quarantined'] as const) sum[key] += page[key];
  for (const [code, n] of Object.entries(page.warnings)) sum.warnings[code] = (sum.warnings[code] ?? 0) + n;
}

function isBalanced(counts: PageCounts): boolean {
  return counts.fetched === counts.inserted + counts.updated + counts.unchanged + counts.duplicate + counts.quarantined;
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function noSecret(name: string): Promise<string> {
  return Promise.reject(new SourceError(`The secret "${name}" is asked for, but none are configured.`));
}
