import type pg from 'pg';
import { type Basis, readBasis } from './basis.js';
import {
  chooseAll,
  chooseChanged,
  createChosen,
  createSeenMarks,
  createTaken,
  deleteOldFacts,
  deleteReturned,
  deleteSeenMarks,
  insertRemoved,
  nextVersion,
} from './batch.sql.js';
import { deleteChangedCalendarSpans, insertCalendarSpans } from './calendar.sql.js';
import { receiveCopy, sendCopy } from './copy/copy.js';
import { copyIntoTable, factRows, factTableNames } from './fact-tables.js';
import { foldBatch } from './fold-batch.js';
import { deriveJourneys } from './journey.js';
import type { StoryBytes } from './read-stories.js';
import { createBasis, createChangedBasis, createSource, deleteChangedBasis, insertChangedBasis } from './source.sql.js';
import { type Within, copyEvents, copyItems, copyMessages, ofBatch } from './stories.sql.js';

export interface DeriveOptions {
  /** Looked at between batches; what was derived so far is rolled back. */
  signal?: AbortSignal;
  onProgress?: (progress: { done: number; total: number }) => void;
  /** False: come back at once when another process derives. Default true: wait for it. */
  wait?: boolean;
  /** Items at a time; bounds the temporary tables, changes no result. */
  batchSize?: number;
}

export interface Derived {
  /** Items whose facts were written or removed. */
  items: number;
  /** The version readers see now. Unchanged where nothing was dirty. */
  version: number;
}

/** Larger batches sort on disk, smaller ones pay the fixed cost of some 30 statements more often. */
const defaultBatchSize = 20_000;

/** From so many items on it pays to have fresh statistics of the story before and of the facts after. */
const analyzeFrom = 5_000;

const lockKey = 7_231_001;

/** Derives the facts of the dirty items and publishes them as one new version, in one transaction. One process at a time does. */
export async function deriveFacts(pool: pg.Pool, options: DeriveOptions = {}): Promise<Derived> {
  return exclusively(pool, options, (client) => derive(client, options, false));
}

/** Derives the facts of all items anew; readers see the old version until the new one is whole. */
export async function rebuildFacts(pool: pg.Pool, options: DeriveOptions = {}): Promise<Derived> {
  return exclusively(pool, options, (client) => derive(client, options, true));
}

/** True while a process derives. */
export async function isDeriving(pool: pg.Pool): Promise<boolean> {
  const held = await pool.query<{ held: boolean }>(
    `select exists (
      select from pg_locks
      where locktype = 'advisory' and classid = 0 and objid = $1 and objsubid = 1 and granted
        and database = (select oid from pg_database where datname = current_database())
    ) as held`,
    [lockKey],
  );
  return held.rows[0]?.held === true;
}

async function exclusively(pool: pg.Pool, options: DeriveOptions, work: (client: pg.PoolClient) => Promise<Derived>): Promise<Derived> {
  const client = await pool.connect();
  let isLost = false;
  try {
    if (!(await lock(client, options.wait ?? true))) return { items: 0, version: await currentVersion(client) };
    // After the lock, so that the snapshot contains what the process before us published.
    await client.query('begin isolation level repeatable read');
    const derived = await work(client);
    await client.query('commit');
    return derived;
  } catch (error) {
    isLost = !(await rolledBack(client));
    throw error;
  } finally {
    if (!isLost) await client.query('select pg_advisory_unlock_all()');
    client.release(isLost);
  }
}

/** False where the connection is gone; with it went the transaction and the lock. */
async function rolledBack(client: pg.PoolClient): Promise<boolean> {
  return client.query('rollback').then(
    () => true,
    () => false,
  );
}

async function lock(client: pg.PoolClient, wait: boolean): Promise<boolean> {
  if (wait) {
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    return true;
  }
  const tried = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [lockKey]);
  return tried.rows[0]?.locked === true;
}

async function derive(client: pg.PoolClient, options: DeriveOptions, everything: boolean): Promise<Derived> {
  await client.query(`
    set local work_mem = '128MB';
    set local jit = off;
    set local default_statistics_target = 10;
  `);
  await client.query(createSource);
  await client.query(createBasis);
  const changed = await client.query(createChangedBasis);
  await refreshCalendars(client);
  await client.query(createSeenMarks);
  await client.query(createChosen);
  if (changed.rowCount) await client.query(chooseChanged);
  if (everything) await client.query(chooseAll);
  const taken = await client.query(createTaken, [options.batchSize ?? defaultBatchSize]);
  const total = taken.rowCount ?? 0;
  await client.query(deleteSeenMarks);
  if (total === 0) return { items: 0, version: await currentVersion(client) };
  await client.query('analyze source, taken');
  if (total >= analyzeFrom) await client.query('analyze core.event (item_id), core.item (item_id)');
  const published = await client.query<{ version: string }>(nextVersion);
  const version = Number(published.rows[0]?.version);
  const batches = await client.query<{ batch: number; items: number }>(
    'select batch, count(*)::int as items from taken group by batch order by batch',
  );
  const basis = await readBasis(client);
  let done = 0;
  for (const { batch, items } of batches.rows) {
    options.signal?.throwIfAborted();
    await deriveBatch(client, batch, basis, version);
    done += items;
    options.onProgress?.({ done, total });
  }
  await deriveJourneys(client, version);
  if (total >= analyzeFrom) await client.query(`analyze ${factTableNames.map((table) => `facts.${table}`).join(', ')}`);
  return { items: total, version };
}

async function refreshCalendars(client: pg.PoolClient): Promise<void> {
  await client.query(deleteChangedCalendarSpans);
  const spans = await client.query(insertCalendarSpans);
  if (spans.rowCount) await client.query('analyze facts.calendar_span');
  await client.query(deleteChangedBasis);
  await client.query(insertChangedBasis);
}

async function deriveBatch(client: pg.PoolClient, batch: number, basis: Basis, version: number): Promise<void> {
  const stories = await receiveStories(client, ofBatch(batch));
  await client.query(insertRemoved, [batch, version]);
  await client.query(deleteReturned, [batch]);
  for (const table of factTableNames) await client.query(deleteOldFacts(table), [batch]);
  const rows = factRows(basis.ids);
  await foldBatch(stories, basis, rows, version);
  for (const table of factTableNames) {
    const bytes = rows[table].take();
    if (bytes !== null) await sendCopy(client, copyIntoTable(table, `facts.${table}`), bytes);
  }
}

async function receiveStories(client: pg.PoolClient, within: Within): Promise<StoryBytes> {
  return {
    items: await receiveCopy(client, copyItems(within)),
    events: await receiveCopy(client, copyEvents(within)),
    messages: await receiveCopy(client, copyMessages(within)),
  };
}

async function currentVersion(client: pg.PoolClient): Promise<number> {
  const state = await client.query<{ version: string }>('select version::text from facts.state');
  return Number(state.rows[0]?.version);
}
