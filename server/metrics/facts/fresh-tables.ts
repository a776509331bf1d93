import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { hasCode } from '#etl/error-code.js';
import { type FactTable, factKeys, factTableNames } from './fact-tables.js';

/**
 * Each table of facts has one partition, which holds all rows. A rebuild fills new ones, without indexes and without touching the
 * old, and puts them in their place in the end: several times faster than replacing rows.
 */
export function freshTable(table: FactTable, version: number): string {
  return `facts.${table}_v${version}`;
}

export async function createFreshTables(client: pg.PoolClient, version: number): Promise<void> {
  for (const table of factTableNames)
    await client.query(`create table ${freshTable(table, version)} (like facts.${table} including all excluding indexes)`);
}

/** Whatever other indexes a table has, attaching the partition makes them. */
export async function indexFreshTables(client: pg.PoolClient, version: number): Promise<void> {
  await client.query(`set local maintenance_work_mem = '256MB'`);
  for (const table of factTableNames) await client.query(`alter table ${freshTable(table, version)} add primary key (${factKeys[table]})`);
  await client.query(`create index on ${freshTable('item', version)} (version)`);
  await client.query(`create index on ${freshTable('item', version)} (connection_id, created_at)`);
}

/** Of the items that had facts and have none now, and those that have them again. Before the tables are put in their place. */
export async function recordRemoved(client: pg.PoolClient, version: number): Promise<void> {
  const fresh = freshTable('item', version);
  await client.query(
    `insert into facts.removed (item_id, version)
     select f.item_id, $1::bigint
     from facts.item f
     where not exists (select from ${fresh} n where n.item_id = f.item_id)
     on conflict (item_id) do update set version = excluded.version`,
    [version],
  );
  await client.query(`delete from facts.removed r using ${fresh} n where n.item_id = r.item_id`);
}

/** From here to the end of the transaction readers wait. */
export async function putInPlace(client: pg.PoolClient, version: number): Promise<void> {
  await lockTables(client);
  const old = await client.query<{ table: FactTable; partition: string }>(
    `select parent.relname as table, inhrelid::regclass::text as partition
     from pg_inherits
     join pg_class parent on parent.oid = inhparent
     where parent.relnamespace = 'facts'::regnamespace and parent.relname = any($1)`,
    [factTableNames],
  );
  for (const { table, partition } of old.rows) {
    await client.query(`alter table facts.${table} detach partition ${partition}`);
    await client.query(`drop table ${partition}`);
  }
  for (const table of factTableNames)
    await client.query(`alter table facts.${table} attach partition ${freshTable(table, version)} default`);
}

/** Shorter than PostgreSQL takes to look for deadlocks, and than a reader behind us in the queue would notice. */
const lockWait = '500ms';
const betweenTriesMs = 200;
const lockNotAvailable = '55P03';

/** Lets readers through until a moment comes when none reads. */
async function lockTables(client: pg.PoolClient): Promise<void> {
  await client.query(`set local lock_timeout = '${lockWait}'`);
  for (;;) {
    await client.query('savepoint unlocked');
    try {
      await client.query(`lock table ${factTableNames.map((table) => `facts.${table}`).join(', ')} in access exclusive mode`);
      break;
    } catch (error) {
      if (!hasCode(error, lockNotAvailable)) throw error;
      await client.query('rollback to savepoint unlocked');
      await pause(betweenTriesMs);
    }
  }
  await client.query(`set local lock_timeout = 0`);
}
