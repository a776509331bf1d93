import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { withTransaction } from '#etl/transaction.js';
import { migrations, modelDataSource } from '#etl/model/database.js';
import { catalogueLock } from '../database/catalogue-lock.js';
import { migrate } from '../database/migrate.js';
import { hasProgramRoles, settleRights } from '../database/settle-rights.js';
import { rebuildFacts } from '../metrics/facts/derive.js';
import { Refusal } from '../refusal.js';
import { keptSchemas, type BackupEnd, type BackupHead } from './backup-format.js';
import { listTables } from './backup.js';
import { readBackup } from './backup-reader.js';

export interface RestoreOptions {
  /** Throws away what is in the database now. */
  isReplacing: boolean;
  signal: AbortSignal;
  tell: (step: string) => void;
}

export interface Restored extends BackupEnd {
  head: BackupHead;
  items: number;
}

const ourSchemas = [...keptSchemas, 'facts', 'measured', 'analytics'];

/**
 * Makes the database what a backup says. The whole file is read and checked before anything is touched; then the tables are made as they
 * were when it was written, filled in one transaction, brought up to date as by any newer version, and the facts derived. Stopped anywhere,
 * run it again. Throws a `Refusal` where the database is in use or holds something and `isReplacing` is not said.
 */
export async function restoreBackup(url: string, path: string, { isReplacing, signal, tell }: RestoreOptions): Promise<Restored> {
  tell('checking the file');
  const heads: BackupHead[] = [];
  const end = await readBackup(path, { head: (read) => void heads.push(read), table: async () => {} });
  const head = known(heads[0], path);
  const pool = new pg.Pool({ connectionString: url, max: 4, application_name: 'throughline restore', options: '-c TimeZone=UTC' });
  pool.on('error', () => undefined);
  try {
    await refuseUse(pool);
    if (!isReplacing) await refuseContents(pool);
    signal.throwIfAborted();
    tell('making the tables');
    await makeTables(pool, url, head);
    await fill(pool, path, signal, tell);
    tell('bringing the tables up to date');
    await migrate(url);
    tell('deriving the facts');
    const { items } = await rebuildFacts(pool, { signal });
    await giveToRoles(pool);
    return { ...end, head, items };
  } finally {
    await pool.end();
  }
}

/** New tables are whose who made them; at the next start they would be given as well, but somebody waits. */
function giveToRoles(pool: pg.Pool): Promise<void> {
  return withTransaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [catalogueLock]);
    if (await hasProgramRoles(client)) await settleRights(client);
  });
}

function known(head: BackupHead | undefined, path: string): BackupHead {
  if (head === undefined) throw new Refusal(`${path} says nothing of itself.`);
  const names = migrations.map(({ name }) => name);
  const unknown = head.migrations.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new Refusal(
      `${path} was written by a newer version (${head.version}): unknown here are ${unknown.join(', ')}. Update the program first.`,
    );
  }
  return head;
}

async function refuseUse(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `select distinct application_name as name from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and application_name like 'throughline%' and application_name <> 'throughline restore'`,
  );
  if (rows.length > 0)
    throw new Refusal(`The database is in use by ${rows.map(({ name }) => `"${name}"`).join(', ')}. Stop Throughline first.`);
}

/** Settings are no contents: every new database has some. */
async function refuseContents(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    for (const { table } of await listTables(client)) {
      if (table === 'app.setting') continue;
      const { rows } = await client.query<{ some: boolean }>(`select exists (select from ${table}) as some`);
      if (rows[0]?.some)
        throw new Refusal(
          `The database is not empty: ${table} has rows. Restore into an empty one, or say --replace to lose what is there.`,
        );
    }
  } finally {
    client.release();
  }
}

async function makeTables(pool: pg.Pool, url: string, head: BackupHead): Promise<void> {
  await pool.query(`drop schema if exists ${ourSchemas.join(', ')} cascade; drop table if exists public.throughline_migration`);
  const source = modelDataSource(
    url,
    migrations.filter(({ name }) => head.migrations.includes(name)),
  );
  await source.initialize();
  try {
    await source.runMigrations();
  } finally {
    await source.destroy();
  }
  await pool.query('update facts.state set version = $1', [head.factsVersion]);
}

/** In one transaction. Tables refer to each other, so what they refer to is checked once all are there. */
async function fill(pool: pg.Pool, path: string, signal: AbortSignal, tell: (step: string) => void): Promise<void> {
  const client = await pool.connect();
  let isWhole = false;
  try {
    await client.query('begin');
    const constraints = await dropReferences(client);
    await client.query(`truncate ${(await listTables(client)).map(({ table }) => table).join(', ')}`);
    await readBackup(path, {
      head: () => {},
      table: async ({ table, columns }, rows) => {
        signal.throwIfAborted();
        tell(table);
        const sink = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin (encoding 'UTF8')`));
        await pipeline(Readable.from(rows, { objectMode: false }), sink);
      },
    });
    for (const { table, name, definition } of constraints) await client.query(`alter table ${table} add constraint ${name} ${definition}`);
    await goOnCounting(client);
    await client.query('commit');
    isWhole = true;
  } finally {
    if (!isWhole) await client.query('rollback').catch(() => undefined);
    client.release(!isWhole);
  }
}

interface Reference {
  table: string;
  name: string;
  definition: string;
}

async function dropReferences(client: pg.PoolClient): Promise<Reference[]> {
  const { rows } = await client.query<Reference>(
    `select format('%I.%I', n.nspname, c.relname) as table, quote_ident(r.conname) as name, pg_get_constraintdef(r.oid) as definition
    from pg_constraint r
    join pg_class c on c.oid = r.conrelid
    join pg_namespace n on n.oid = c.relnamespace
    where r.contype = 'f' and n.nspname = any ($1)`,
    [keptSchemas],
  );
  for (const { table, name } of rows) await client.query(`alter table ${table} drop constraint ${name}`);
  return rows;
}

/** Numbers the database gives out go on after those in use. */
async function goOnCounting(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string }>(
    `select format('%I.%I', n.nspname, c.relname) as table, quote_ident(a.attname) as column
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid
    join pg_namespace n on n.oid = c.relnamespace
    where a.attidentity <> '' and n.nspname = any ($1)`,
    [keptSchemas],
  );
  for (const { table, column } of rows) {
    await client.query(
      `select setval(pg_get_serial_sequence('${table}', '${column}'), greatest(1, (select max(${column}) from ${table})), (select count(*) from ${table}) > 0)`,
    );
  }
}
