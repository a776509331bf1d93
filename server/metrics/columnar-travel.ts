import { createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { ColumnarTable } from './columnar-tables.js';

/** Rows of Postgres that go into a table of the copy, through a file. */
export interface Load {
  select: string;
  into: string;
  columns: ColumnarTable['columns'];
  /** The columns of the select; the others of the table are taken from the item in the copy. */
  travelling: ColumnarTable['columns'];
  /** Its texts are words of ours alone, which need no quotes: Postgres writes such lines at half the cost. */
  isPlain: boolean;
}

export async function load(client: pg.PoolClient, copy: DuckDBConnection, directory: string, load: Load): Promise<void> {
  await settle(copy, await travel(client, directory, load), load);
}

/**
 * While one table goes into the copy, the next ones come out of Postgres, one on each connection; no more than these are on disk, each may
 * be a gigabyte. They go in in the order given, which `takeOver` does and removes the file.
 */
export async function travelAhead(
  clients: readonly pg.PoolClient[],
  directory: string,
  loads: readonly Load[],
  takeOver: (load: Load, file: string) => Promise<void>,
): Promise<void> {
  const tables = loads.map((load) => ({ load, travelled: Promise.withResolvers<string>(), settled: Promise.withResolvers<void>() }));
  let next = 0;
  let isBroken = false;
  const lane = async (client: pg.PoolClient) => {
    for (let n = next++; n < tables.length; n = next++) {
      await tables[n - clients.length - 1]?.settled.promise;
      const table = tables[n];
      if (table && !isBroken) await travel(client, directory, table.load).then(table.travelled.resolve, table.travelled.reject);
    }
  };
  const lanes = clients.map(lane);
  for (const { travelled } of tables) travelled.promise.catch(() => undefined);
  try {
    for (const { load, travelled, settled } of tables) {
      await takeOver(load, await travelled.promise);
      settled.resolve();
    }
  } catch (error) {
    isBroken = true;
    for (const { settled } of tables) settled.resolve();
    await Promise.all(lanes);
    for (const { load } of tables) await rm(fileOf(directory, load), { force: true });
    throw error;
  }
}

/** Writes the rows to a file, whose path it answers with. */
async function travel(client: pg.PoolClient, directory: string, load: Load): Promise<string> {
  const { select, isPlain } = load;
  const file = fileOf(directory, load);
  try {
    const rows = client.query(copyTo(`copy (${select}) to stdout (format ${isPlain ? 'text' : 'csv'})`));
    await pipeline(rows, createWriteStream(file, { mode: 0o600 }));
    return file;
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

function fileOf(directory: string, { into }: Load): string {
  return join(directory, `${into}.csv`);
}

// An empty text is quoted by Postgres and a null is not, so the two stay apart.
const quotedLines = `delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false, max_line_size = 16777216`;
const plainLines = `delim = '\t', quote = '', escape = '', nullstr = '\\N'`;

const manyBytes = 1_000_000;

/** Takes the rows of the file over and removes it. */
export async function settle(copy: DuckDBConnection, file: string, { into, columns, travelling, isPlain }: Load): Promise<void> {
  try {
    const { size } = await stat(file);
    if (size === 0) return;
    const types = Object.entries(travelling).map(([name, type]) => `'${name}': '${type}'`);
    const names = Object.keys(columns).map((name) => `${name in travelling ? 'fact' : 'item'}."${name}"`);
    const isWhole = Object.keys(columns).every((name) => name in travelling);
    const options = [
      'header = false',
      isPlain ? plainLines : quotedLines,
      // Only of a file it has looked into does DuckDB know that there are many rows; else it would join them to the items, at twice the cost.
      !isWhole && size > manyBytes ? `auto_detect = true, comment = ''` : 'auto_detect = false',
      `columns = {${types.join(', ')}}`,
    ];
    await copy.run(
      `insert into ${into} select ${names.join(', ')} from read_csv('${file.replaceAll("'", "''")}', ${options.join(', ')}) as fact${isWhole ? '' : ' join measured.item as item on item.item_id = fact.item_id'}`,
    );
  } finally {
    await rm(file, { force: true });
  }
}
