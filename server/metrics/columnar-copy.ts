import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
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
      if (since === null || since < facts.version) await takeFacts(client, copy, directory, since);
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

async function takeFacts(client: pg.PoolClient, copy: DuckDBConnection, directory: string, since: number | null): Promise<void> {
  if (since !== null) await takeChanged(client, copy, directory, since);
  const loads = factTables.map((table) =>
    since === null ? loadOf(table, '', ownColumns(table)) : loadOf(table, `where version > ${since}`, table.columns),
  );
  const replace = async (file: string, load: Load) => {
    if (since !== null) await copy.run(`delete from ${load.into} where item_id in (select item_id from changed)`);
    await settle(copy, file, load);
  };
  // While one table goes into the copy, the next one comes out of Postgres.
  let file = loads[0] && (await travel(client, directory, loads[0]));
  for (const [n, load] of loads.entries()) {
    if (file === undefined) break;
    const next = loads[n + 1];
    const [settled, travelled] = await Promise.allSettled([replace(file, load), next && travel(client, directory, next)]);
    if (settled.status === 'rejected') throw settled.reason;
    if (travelled.status === 'rejected') throw travelled.reason;
    file = travelled.value;
  }
  if (since !== null) await copy.run('drop table changed');
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

interface Load {
  select: string;
  into: string;
  columns: ColumnarTable['columns'];
  /** The columns of the select; the others of the table are taken from the item in the copy. */
  travelling: ColumnarTable['columns'];
  /** Its texts are words of ours alone, which need no quotes: Postgres writes such lines at half the cost. */
  isPlain: boolean;
}

async function load(client: pg.PoolClient, copy: DuckDBConnection, directory: string, load: Load): Promise<void> {
  await settle(copy, await travel(client, directory, load), load);
}

/** Writes the rows to a file, whose path it answers with. */
async function travel(client: pg.PoolClient, directory: string, { select, into, isPlain }: Load): Promise<string> {
  const file = join(directory, `${into}.csv`);
  try {
    const rows = client.query(copyTo(`copy (${select}) to stdout (format ${isPlain ? 'text' : 'csv'})`));
    await pipeline(rows, createWriteStream(file, { mode: 0o600 }));
    return file;
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

// An empty text is quoted by Postgres and a null is not, so the two stay apart.
const quotedLines = `delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false`;
const plainLines = `delim = '\t', quote = '', escape = '', nullstr = '\\N'`;

/** Takes the rows of the file over and removes it. */
async function settle(copy: DuckDBConnection, file: string, { into, columns, travelling, isPlain }: Load): Promise<void> {
  try {
    const types = Object.entries(travelling).map(([name, type]) => `'${name}': '${type}'`);
    const names = Object.keys(columns).map((name) => `${name in travelling ? 'fact' : 'item'}."${name}"`);
    const isWhole = Object.keys(columns).every((name) => name in travelling);
    await copy.run(
      `insert into ${into} select ${names.join(', ')} from read_csv('${file.replaceAll("'", "''")}', auto_detect = false, header = false, ${isPlain ? plainLines : quotedLines}, max_line_size = 16777216, columns = {${types.join(', ')}}) as fact${isWhole ? '' : ' join measured.item as item on item.item_id = fact.item_id'}`,
    );
  } finally {
    await rm(file, { force: true });
  }
}

/** Names such as `at` are words of DuckDB's grammar. */
function quoted(columns: ColumnarTable['columns']): string {
  return Object.keys(columns)
    .map((name) => `"${name}"`)
    .join(', ');
}
