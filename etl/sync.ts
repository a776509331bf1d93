import type { Pool, PoolClient } from 'pg';
import { ZodError } from 'zod';
import { SourceError, type Context, type Json, type Page, type StreamDef } from './connector.js';
import { isCensusDue, takeCensus } from './census.js';
import { contextFor } from './connections/credentials.js';
import { addressOf, readConnection, type StoredConnection } from './connections/read.js';
import { builtInConnectors, type ConnectorRegistry } from './connectors/index.js';
import { readErasures } from './erasure/erasures.js';
import { reasonOf } from './error-code.js';
import { isHttpError } from './http/errors.js';
import type { Network } from './http/network.js';
import { loadPage, preparePage } from './load.js';
import { stagingTables } from './load/merge.sql.js';
import { KnownParties } from './load/page-parties.js';
import type { PagePlan } from './load/page-plan.js';
import type { LoadTarget } from './load/load-target.js';
import { CheckpointConflict, type PageCounts } from './load/write.js';
import { readAhead } from './read-ahead.js';
import { replayHeld } from './replay.js';
import { noteFailure, noteSuccess, refuseEarly } from './sync-health.js';
import { holdConnection, LeaseLost } from './sync-lock.js';
import { closeLeftoverRuns, closeRun, knownSoFar, moveWatermark, openRun, readCheckpoint } from './sync-run.js';
import type { VaultKey } from './vault/key.js';

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
  /** Told the id of every run as it begins, one a stream. */
  onRun?: (run: string) => void;
  /** In place of the vault. */
  secret?: (name: string) => Promise<string>;
  /** Opens the stored secrets; asked for only where a connector wants one. */
  vault?: () => Promise<VaultKey>;
  /** How requests leave the house; absent: to public addresses only. */
  network?: Network;
  /** Throws `NotDue` where the connection is paused or waits after a failure. */
  isScheduled?: boolean;
  /** Default: once a day. */
  census?: 'daily' | 'always' | 'never';
  /** After so long a silence another worker may take over. */
  leaseMs?: number;
  connectors?: ConnectorRegistry;
}

export interface SyncOutcome extends PageCounts {
  connection: string;
  /**
   * `incomplete`: stopped before the end; `partial`: some streams failed, the others were read.
   * What was loaded stays, the data's own time does not move.
   */
  state: 'complete' | 'incomplete' | 'partial';
  /** Streams that failed; each goes on from its own checkpoint next time. */
  failures: { stream: string; message: string }[];
  /** ISO. The data's own time after this run; null before the first complete one. */
  asOf: string | null;
}

/** A sync that could not go on. Says connection, stream and place; `cause` is what happened. */
export class SyncError extends Error {
  override name = 'SyncError';
}

/** Why one stream could not be read to its end. */
class StreamError extends SyncError {
  constructor(
    readonly stream: string,
    /** Of what was loaded before. */
    readonly counts: PageCounts,
    message: string,
    options: ErrorOptions,
  ) {
    super(message, options);
  }

  /** The others may be readable all the same: it was the source that failed, and neither its door nor its patience. */
  get isOfStreamAlone(): boolean {
    const { cause } = this;
    if (isHttpError(cause, 'needs-auth', 'rate-limited', 'address')) return false;
    if (isHttpError(cause, 'unavailable')) return cause.status !== null && cause.status >= 500;
    return cause instanceof SourceError || cause instanceof ZodError;
  }
}

/**
 * Reads every stream of a connection from its checkpoint and loads it page by page. One at a time per connection.
 * A stream that fails does not keep the others from being read. Throws `SyncError` where all fail, or the source or the database
 * as a whole; pages committed until then stay.
 */
export async function syncConnection(pool: Pool, name: string, options: SyncOptions = {}): Promise<SyncOutcome> {
  const connection = await readConnection(pool, name, options.connectors ?? builtInConnectors);
  const now = options.now ?? (() => new Date());
  if (options.isScheduled) await refuseEarly(pool, connection, now());
  const context = contextOf(pool, connection, options, now);
  try {
    const outcome = await holdConnection(pool, connection, (client) => syncHeld(client, connection, context, options), options.leaseMs);
    if (outcome.state === 'complete') await noteSuccess(pool, connection.id);
    const [failure] = outcome.failures;
    if (failure) await noteFailure(pool, connection.id, new SyncError(failure.message), now());
    return outcome;
  } catch (error) {
    if (error instanceof SyncError) await noteFailure(pool, connection.id, error, now());
    throw error;
  }
}

async function syncHeld(client: PoolClient, connection: StoredConnection, context: Context, options: SyncOptions): Promise<SyncOutcome> {
  const { now } = context;
  await closeLeftoverRuns(client, connection.id, now());
  if (connection.mapVersion !== connection.connector.mapVersion) await replayHeld(client, connection, now());
  const { streams } = await connection.connector.discover(connection.config, context).catch((cause: unknown) => {
    throw new SyncError(`${connection.name}: ${reasonOf(cause)}`, { cause });
  });
  const outcome: SyncOutcome = { connection: connection.name, state: 'complete', asOf: connection.asOf, failures: [], ...noCounts() };
  const failed: StreamError[] = [];
  for (const stream of streams) {
    const run = await syncStream(client, connection, stream, context, options).catch((error: unknown) => {
      if (!(error instanceof StreamError && error.isOfStreamAlone)) throw error;
      return error;
    });
    addCounts(outcome, run.counts);
    if (run instanceof StreamError) failed.push(run);
    else if (run.state === 'incomplete') return { ...outcome, state: 'incomplete' };
  }
  const [first] = failed;
  if (first && failed.length === streams.length) throw first;
  if (first) return { ...outcome, state: 'partial', failures: failed.map(({ stream, message }) => ({ stream, message })) };
  outcome.asOf = await moveWatermark(client, connection.id, now());
  await census(client, connection, context, options, outcome);
  return outcome;
}

/** Deletions count as warnings of the run: they are no records. */
async function census(client: PoolClient, connection: StoredConnection, context: Context, options: SyncOptions, outcome: SyncOutcome) {
  if (!connection.connector.census || options.census === 'never') return;
  if (options.census !== 'always' && !(await isCensusDue(client, connection.id, context.now()))) return;
  const found = await takeCensus(client, connection, context).catch((cause: unknown) => {
    if (cause instanceof LeaseLost) throw cause;
    throw new SyncError(`${connection.name}, census: ${reasonOf(cause)}`, { cause });
  });
  if (!found) return;
  const counts = { deleted_item: found.deleted, hidden_item: found.hidden, census_held: found.state === 'held' ? found.missing : 0 };
  for (const [code, n] of Object.entries(counts)) if (n > 0) outcome.warnings[code] = (outcome.warnings[code] ?? 0) + n;
}

async function syncStream(
  client: PoolClient,
  connection: StoredConnection,
  stream: StreamDef,
  context: Context,
  { onProgress, onRun }: SyncOptions,
): Promise<{ state: 'complete' | 'incomplete'; counts: PageCounts }> {
  const startedAt = context.now().toISOString();
  const runId = await openRun(client, connection.id, stream.name, startedAt);
  onRun?.(runId);
  await client.query(stagingTables);
  const target: LoadTarget = {
    connectionId: connection.id,
    stream: stream.name,
    runId,
    connector: connection.connector,
    config: connection.config,
    statuses: connection.settings.statuses,
    known: new KnownParties(),
    erasures: await readErasures(client),
    seenAt: startedAt,
    ...(await knownSoFar(client, connection.id, stream.name)),
  };
  const counts = noCounts();
  let done = false;
  let before = '';
  try {
    const checkpoint = await readCheckpoint(client, connection.id, stream.name);
    let { seq } = checkpoint;
    const pages = connection.connector.read(connection.config, stream.name, checkpoint.cursor, context);
    for await (const prepared of readAhead(pages, (page) => preparePage(target, page))) {
      const { page } = prepared;
      if (context.signal.aborted) break;
      const at = JSON.stringify(page.next);
      if (at === before && !page.done) throw new SourceError('The cursor does not move; the source shows the same page again and again.');
      before = at;
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
    if (!context.signal.aborted) {
      const message = `${connection.name}, stream ${stream.name}, after ${counts.fetched} records: ${reasonOf(cause)}`;
      // Where the database itself is gone this fails too; the next run closes the run then.
      await closeRun(client, runId, counts.fetched > 0 ? 'incomplete' : 'failed', message, context.now()).catch(() => undefined);
      throw cause instanceof CheckpointConflict || cause instanceof LeaseLost
        ? cause
        : new StreamError(stream.name, counts, message, { cause });
    }
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

function contextOf(pool: Pool, connection: StoredConnection, options: SyncOptions, now: () => Date): Context {
  const { id, connector, config } = connection;
  const context = contextFor(pool, { id, address: addressOf(connector, config) }, {}, { ...options, now });
  return options.secret ? { ...context, secret: options.secret } : context;
}
