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
  isMostItems,
  nextVersion,
  selectBatches,
} from './batch.sql.js';
import { factsAhead, factsOf, receiveStories, sendFacts } from './batches.js';
import { deleteChangedCalendarSpans, insertCalendarSpans } from './calendar.sql.js';
import { exclusively } from './exclusive.js';
import { factTableNames } from './fact-tables.js';
import { createFreshTables, freshTable, indexFreshTables, putInPlace, recordRemoved } from './fresh-tables.js';
import { deriveJourneys } from './journey.js';
import { createBasis, createChangedBasis, createSource, deleteChangedBasis, insertChangedBasis } from './source.sql.js';
import { ofBatch, ofRange } from './stories.sql.js';

export { isDeriving } from './exclusive.js';

export interface DeriveOptions {
  /** Looked at between batches; what was derived so far is rolled back. */
  signal?: AbortSignal;
  onProgress?: (progress: { done: number; total: number }) => void;
  /** False: come back at once when another process derives. Default true: wait for it. */
  wait?: boolean;
  /** Items at a time; bounds the memory, changes no result. */
  batchSize?: number;
}

export interface Derived {
  /** Items whose facts were written or removed. */
  items: number;
  /** The version readers see now. Unchanged where nothing was dirty. */
  version: number;
}

/** Some 75,000 events, 30 MB with their facts; fewer pay the fixed cost of some 30 statements more often. */
const defaultBatchSize = 5_000;

/** From so many items on it pays to have fresh statistics, and to ask whether new tables would be faster. */
const manyItems = 5_000;

/** Derives the facts of the dirty items and publishes them as one new version, in one transaction. One process at a time does. */
export async function deriveFacts(pool: pg.Pool, options: DeriveOptions = {}): Promise<Derived> {
  return derive(pool, options, false);
}

/** Derives the facts of all items anew; readers see the old version until the new one is whole. */
export async function rebuildFacts(pool: pg.Pool, options: DeriveOptions = {}): Promise<Derived> {
  return derive(pool, options, true);
}

async function derive(pool: pg.Pool, options: DeriveOptions, everything: boolean): Promise<Derived> {
  const derived = await exclusively(pool, options.wait ?? true, async (client) => {
    // After the lock, so that the snapshot contains what the process before us published.
    await client.query('begin isolation level repeatable read');
    const published = await publish(pool, client, options, everything);
    await client.query('commit');
    if (published.items >= manyItems) await analyzeFacts(client);
    return published;
  });
  return derived ?? { items: 0, version: await currentVersion(pool) };
}

/** A small sample tells what plans need; the default one would take longer than writing the rows. */
async function analyzeFacts(client: pg.PoolClient): Promise<void> {
  await client.query(`
    begin;
    set local default_statistics_target = 10;
    analyze ${factTableNames.map((table) => `facts.${table}`).join(', ')};
    commit;
  `);
}

async function publish(pool: pg.Pool, client: pg.PoolClient, options: DeriveOptions, everything: boolean): Promise<Derived> {
  await client.query(`
    set local work_mem = '128MB';
    set local jit = off;
    set local default_statistics_target = 10;
  `);
  await client.query(createSource);
  await client.query(createBasis);
  const changed = await client.query(createChangedBasis);
  await refreshCalendars(client);
  const isEverything = await chooseItems(client, everything, changed.rowCount !== 0);
  const taken = await client.query(createTaken, [options.batchSize ?? defaultBatchSize]);
  await client.query(deleteSeenMarks);
  const total = taken.rowCount ?? 0;
  if (total === 0) return { items: 0, version: await currentVersion(client) };
  await client.query('analyze source, taken');
  const next = await client.query<{ version: string }>(nextVersion);
  const derivation: Derivation = {
    client,
    options,
    total,
    version: Number(next.rows[0]?.version),
    basis: await readBasis(client),
    batches: (await client.query<Batch>(selectBatches)).rows,
  };
  if (isEverything) await rebuild(pool, derivation);
  else await replace(derivation);
  await deriveJourneys(client, derivation.version);
  return { items: total, version: derivation.version };
}

async function refreshCalendars(client: pg.PoolClient): Promise<void> {
  await client.query(deleteChangedCalendarSpans);
  const spans = await client.query(insertCalendarSpans);
  if (spans.rowCount) await client.query('analyze facts.calendar_span');
  await client.query(deleteChangedBasis);
  await client.query(insertChangedBasis);
}

/** Fills `chosen` with the items to be derived; true if these are all, which they are made where they are most of them. */
async function chooseItems(client: pg.PoolClient, everything: boolean, isBasisChanged: boolean): Promise<boolean> {
  await client.query(createSeenMarks);
  let chosen = (await client.query(createChosen)).rowCount ?? 0;
  if (!everything && isBasisChanged) chosen += (await client.query(chooseChanged)).rowCount ?? 0;
  const isEverything = everything || (chosen >= manyItems && (await isMost(client, chosen)));
  if (isEverything) await client.query(chooseAll);
  return isEverything;
}

async function isMost(client: pg.PoolClient, chosen: number): Promise<boolean> {
  const { rows } = await client.query<{ isMost: boolean }>(isMostItems, [chosen]);
  return rows[0]?.isMost === true;
}

interface Batch {
  batch: number;
  first: string;
  items: number;
}

interface Derivation {
  client: pg.PoolClient;
  options: DeriveOptions;
  total: number;
  version: number;
  basis: Basis;
  batches: Batch[];
}

/** Replaces the rows of the items taken. */
async function replace({ client, options, total, version, basis, batches }: Derivation): Promise<void> {
  // A batch is a small part of the tables, however few items the statistics know of.
  await client.query('set local enable_hashjoin = off; set local enable_mergejoin = off');
  let done = 0;
  for (const { batch, items } of batches) {
    options.signal?.throwIfAborted();
    const stories = await receiveStories(client, ofBatch(batch));
    await client.query(insertRemoved, [batch, version]);
    await client.query(deleteReturned, [batch]);
    for (const table of factTableNames) await client.query(deleteOldFacts(table), [batch]);
    await sendFacts(client, await factsOf(stories, basis, version), (table) => `facts.${table}`);
    done += items;
    options.onProgress?.({ done, total });
  }
  await client.query('set local enable_hashjoin = on; set local enable_mergejoin = on');
}

/** Writes all facts into new tables, reading on a second connection at the same time. */
async function rebuild(pool: pg.Pool, { client, options, total, version, basis, batches }: Derivation): Promise<void> {
  const snapshot = await client.query<{ id: string }>('select pg_export_snapshot() as id');
  await createFreshTables(client, version);
  const reader = await pool.connect();
  try {
    await reader.query(`begin isolation level repeatable read read only; set transaction snapshot '${snapshot.rows[0]?.id}'`);
    const ranges = batches.map(({ first }, n) => ofRange(first, batches[n + 1]?.first ?? null));
    let done = 0;
    let sent = 0;
    for await (const facts of factsAhead(reader, ranges, basis, version)) {
      options.signal?.throwIfAborted();
      await sendFacts(client, facts, (table) => freshTable(table, version));
      done += batches[sent++]?.items ?? 0;
      options.onProgress?.({ done, total });
    }
    await reader.query('commit');
    reader.release();
  } catch (error) {
    reader.release(true);
    throw error;
  }
  await indexFreshTables(client, version);
  await recordRemoved(client, version);
  await putInPlace(client, version);
}

async function currentVersion(client: pg.Pool | pg.PoolClient): Promise<number> {
  const state = await client.query<{ version: string }>('select version::text from facts.state');
  return Number(state.rows[0]?.version);
}
