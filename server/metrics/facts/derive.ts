import type pg from 'pg';
import { type Derivation, type DeriveOptions, beginDerivation, chooseAllItems, chooseChangedItems, manyItems } from './derivation.js';
import { exclusively } from './exclusive.js';
import { factTableNames } from './fact-tables.js';
import { deriveJourneys } from './journey.js';
import { rebuildAll } from './rebuild.js';
import { replaceFacts } from './replace.js';

export type { DeriveOptions } from './derivation.js';
export { isDeriving } from './exclusive.js';

export interface Derived {
  /** Items whose facts were written or removed. */
  items: number;
  /** The version readers see now. Unchanged where nothing was dirty. */
  version: number;
}

/** Derives the facts of the dirty items and publishes them as one new version, in one transaction. One process at a time does. */
export async function deriveFacts(pool: pg.Pool, options: DeriveOptions = {}): Promise<Derived> {
  return derive(pool, options, async (client) => (await deriveChosen(client, options)) ?? (await deriveAll(pool, client, options)));
}

/** Derives the facts of all items anew; readers see the old version until the new one is whole. */
export async function rebuildFacts(pool: pg.Pool, options: DeriveOptions = {}): Promise<Derived> {
  return derive(pool, options, (client) => deriveAll(pool, client, options));
}

async function derive(pool: pg.Pool, options: DeriveOptions, work: (client: pg.PoolClient) => Promise<Derived>): Promise<Derived> {
  const derived = await exclusively(pool, options.wait ?? true, async (client) => {
    const published = await work(client);
    if (published.items >= manyItems) await analyzeFacts(client);
    return published;
  });
  return derived ?? { items: 0, version: await currentVersion(pool) };
}

/** Null where most items are chosen: deriving all is faster then. */
async function deriveChosen(client: pg.PoolClient, options: DeriveOptions): Promise<Derived | null> {
  // After the lock, so that the snapshot contains what the process before us published.
  await client.query('begin isolation level repeatable read');
  const total = await chooseChangedItems(client);
  if (total === null) {
    await client.query('rollback');
    return null;
  }
  return publish(client, options, total, replaceFacts);
}

async function deriveAll(pool: pg.Pool, client: pg.PoolClient, options: DeriveOptions): Promise<Derived> {
  const reader = await pool.connect();
  try {
    // The reader lends its snapshot: a transaction that has lent its own cannot write rows that are final at once.
    await reader.query('begin isolation level repeatable read read only');
    const snapshot = await reader.query<{ id: string }>('select pg_export_snapshot() as id');
    await client.query(`begin isolation level repeatable read; set transaction snapshot '${snapshot.rows[0]?.id}'`);
    const total = await chooseAllItems(client);
    const derived = await publish(client, options, total, (derivation) => rebuildAll(reader, derivation));
    await reader.query('commit');
    reader.release();
    return derived;
  } catch (error) {
    reader.release(true);
    throw error;
  }
}

async function publish(
  client: pg.PoolClient,
  options: DeriveOptions,
  total: number,
  write: (derivation: Derivation) => Promise<void>,
): Promise<Derived> {
  if (total === 0) {
    await client.query('commit');
    return { items: 0, version: await currentVersion(client) };
  }
  const derivation = await beginDerivation(client, options, total);
  await write(derivation);
  await deriveJourneys(client, derivation.version);
  await client.query('commit');
  return { items: total, version: derivation.version };
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

async function currentVersion(client: pg.Pool | pg.PoolClient): Promise<number> {
  const state = await client.query<{ version: string }>('select version::text from facts.state');
  return Number(state.rows[0]?.version);
}
