import type { DuckDBConnection } from '@duckdb/node-api';
import type pg from 'pg';
import { load, settle, travelAhead, type Load } from './columnar-travel.js';
import { copyFormat, factTables, itemColumns, nameTables, workingTime, type ColumnarTable } from './columnar-tables.js';

/**
 * Brings the columnar copy up to the facts in Postgres: both are read and written in one transaction each, so a reader of the copy
 * sees one version whole. Files travel through `directory`. Answers with the version copied.
 */
export async function refreshCopy(pool: pg.Pool, copy: DuckDBConnection, directory: string): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    // Before the snapshot: a rebuild puts other tables in the place of these, which an older snapshot would find empty.
    await client.query(`lock table ${factTables.map(({ name }) => `measured.${name}`).join(', ')} in access share mode`);
    const { rows } = await client.query<{ version: number; identity: string }>(
      'select version::float8 as version, identity from facts.state',
    );
    const facts = rows[0];
    if (!facts) throw new Error('facts.state has no row; run the migrations again.');
    const copied = await copiedState(copy);
    const isSame = copied !== null && copied.format === copyFormat && copied.identity === facts.identity && copied.version <= facts.version;
    const since = isSame ? copied.version : null;
    await copy.run('begin');
    try {
      if (since === null) await createTables(copy);
      const calendars = await copiedCalendars(copy);
      for (const table of nameTables) await takeWhole(client, copy, directory, table);
      if ((await copiedCalendars(copy)) !== calendars) await takeWhole(client, copy, directory, workingTime);
      if (since === null) await takeAllFacts(pool, client, copy, directory);
      else if (since < facts.version) await takeChangedFacts(client, copy, directory, since);
      await copy.run('delete from measured.copied');
      await copy.run('insert into measured.copied values ($1::int, $2, $3::bigint)', [
        String(copyFormat),
        facts.identity,
        String(facts.version),
      ]);
      await copy.run('commit');
    } catch (error) {
      await copy.run('rollback');
      throw error;
    }
    await client.query('commit');
    client.release();
    return facts.version;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

async function copiedState(copy: DuckDBConnection): Promise<{ format: number; identity: string; version: number } | null> {
  const known = await copy.runAndReadAll(
    "select 1 from information_schema.tables where table_schema = 'measured' and table_name = 'copied'",
  );
  if (known.currentRowCount === 0) return null;
  const state = await copy.runAndReadAll('select format, identity, version::double as version from measured.copied');
  const [row] = state.getRowObjectsJS();
  return row ? { format: Number(row.format), identity: String(row.identity), version: Number(row.version) } : null;
}

async function createTables(copy: DuckDBConnection): Promise<void> {
  await copy.run('drop schema if exists measured cascade');
  await copy.run('create schema measured');
  await copy.run('create table measured.copied (format int, identity varchar, version bigint)');
  for (const table of [...nameTables, workingTime, ...factTables]) {
    const columns = Object.entries(table.columns).map(([name, type]) => `"${name}" ${type}`);
    await copy.run(`create table measured.${table.name} (${columns.join(', ')})`);
  }
}

/** Replaces the rows of the items derived since. */
async function takeChangedFacts(client: pg.PoolClient, copy: DuckDBConnection, directory: string, since: number): Promise<void> {
  await takeChanged(client, copy, directory, since);
  const loads = factTables.map((table) => loadOf(table, `where version > ${since}`, table.columns));
  await travelAhead([client], directory, loads, async (load, file) => {
    await copy.run(`delete from ${load.into} where item_id in (select item_id from changed)`);
    await settle(copy, file, load);
  });
  await copy.run('drop table changed');
}

/** Takes all facts over. Postgres writes them out on two connections of one snapshot: one alone keeps the copy waiting. */
async function takeAllFacts(pool: pg.Pool, client: pg.PoolClient, copy: DuckDBConnection, directory: string): Promise<void> {
  const second = await pool.connect();
  try {
    const snapshot = await client.query<{ id: string }>('select pg_export_snapshot() as id');
    await second.query(`begin isolation level repeatable read read only; set transaction snapshot '${snapshot.rows[0]?.id}'`);
    const loads = factTables.map((table) => loadOf(table, '', ownColumns(table)));
    await travelAhead([client, second], directory, loads, (load, file) => settle(copy, file, load));
    await second.query('commit');
    second.release();
  } catch (error) {
    second.release(true);
    throw error;
  }
}

async function takeWhole(client: pg.PoolClient, copy: DuckDBConnection, directory: string, table: ColumnarTable): Promise<void> {
  await copy.run(`delete from measured.${table.name}`);
  await take(client, copy, directory, table);
}

/** The calendars whose working time the copy holds, as one text; empty for none. */
async function copiedCalendars(copy: DuckDBConnection): Promise<string> {
  const state = await copy.runAndReadAll(
    "select coalesce(string_agg(concat(calendar_id, ' ', fingerprint, ' ', last_day), ',' order by calendar_id), '') as state from measured.calendar",
  );
  return String(state.getRowObjectsJS()[0]?.state);
}

/** The columns of a fact that its item does not have. */
function ownColumns(table: ColumnarTable): ColumnarTable['columns'] {
  if (table.name === 'item') return table.columns;
  return Object.fromEntries(Object.entries(table.columns).filter(([name]) => !itemColumns.some((column) => column === name)));
}

/** Table `changed`: the items derived or removed since. */
async function takeChanged(client: pg.PoolClient, copy: DuckDBConnection, directory: string, since: number): Promise<void> {
  await copy.run('create temp table changed (item_id uuid)');
  await load(client, copy, directory, {
    select: `select item_id from measured.item where version > ${since} union all select item_id from facts.removed where version > ${since}`,
    into: 'changed',
    columns: { item_id: 'uuid' },
    travelling: { item_id: 'uuid' },
    isPlain: true,
  });
}

function take(client: pg.PoolClient, copy: DuckDBConnection, directory: string, table: ColumnarTable): Promise<void> {
  return load(client, copy, directory, loadOf(table, '', table.columns));
}

function loadOf(table: ColumnarTable, where: string, travelling: ColumnarTable['columns']): Load {
  const isFact = factTables.includes(table);
  return {
    select: `select ${quoted(travelling)} from measured.${table.name} ${where}`,
    into: `measured.${table.name}`,
    columns: table.columns,
    travelling,
    isPlain: isFact && itemColumns.every((name) => !(name in travelling)),
  };
}

/** Names such as `at` are words of DuckDB's grammar. */
function quoted(columns: ColumnarTable['columns']): string {
  return Object.keys(columns)
    .map((name) => `"${name}"`)
    .join(', ');
}
