import { createHash, type Hash } from 'node:crypto';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress } from 'node:zlib';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { packageVersion } from '../package-root.js';
import { wholeStream } from '../whole-file.js';
import { firstLine, keptSchemas, leftOutTables, type BackupEnd, type BackupHead, type BackupTable } from './backup-format.js';

export interface BackupMade extends BackupEnd {
  bytes: number;
}

/**
 * Writes everything that cannot be derived to one file, all of one moment, while others read and write. The file gets its name once it
 * is whole. Keys of the vault are not in it. Throws a `Refusal` where it cannot be written.
 */
export async function writeBackup(pool: pg.Pool, path: string, signal: AbortSignal, tell: (table: string) => void): Promise<BackupMade> {
  return wholeStream(path, { mode: 0o600, remedy: 'Name a file in a directory you may write to.' }, async (file) => {
    const compressed = createZstdCompress();
    const written = pipeline(compressed, file, { signal });
    // Heard below; unheard, a failure before would end the process.
    written.catch(() => undefined);
    file.on('error', () => undefined);
    try {
      const end = await writeTables(pool, compressed, signal, tell);
      await written;
      return { ...end, bytes: file.bytesWritten };
    } catch (error) {
      compressed.destroy(error instanceof Error ? error : undefined);
      await written.catch(() => undefined);
      throw error;
    }
  });
}

async function writeTables(pool: pg.Pool, sink: Writable, signal: AbortSignal, tell: (table: string) => void): Promise<BackupEnd> {
  const client = await pool.connect();
  let isWhole = false;
  try {
    await client.query('begin transaction isolation level repeatable read read only');
    const out = new HashedLines(sink);
    await out.write(`${firstLine}\n${JSON.stringify(await head(client))}\n`);
    const tables = await listTables(client);
    let rows = 0;
    for (const table of tables) {
      signal.throwIfAborted();
      tell(table.table);
      await out.write(`${JSON.stringify(table)}\n`);
      const stream = client.query(copyTo(`copy ${table.table} (${table.columns.join(', ')}) to stdout (encoding 'UTF8')`));
      for await (const chunk of stream as AsyncIterable<Buffer>) await out.write(chunk);
      rows += stream.rowCount;
      await out.write('\\.\n');
    }
    const end: BackupEnd = { sha256: out.hash.digest('hex'), tables: tables.length, rows };
    sink.end(`${JSON.stringify(end)}\n`);
    isWhole = true;
    return end;
  } finally {
    if (isWhole) await client.query('rollback');
    client.release(!isWhole);
  }
}

class HashedLines {
  readonly hash: Hash = createHash('sha256');

  constructor(private readonly sink: Writable) {}

  async write(bytes: string | Buffer): Promise<void> {
    this.hash.update(bytes);
    if (!this.sink.write(bytes)) await once(this.sink, 'drain');
  }
}

async function head(client: pg.PoolClient): Promise<BackupHead> {
  const { rows } = await client.query<Omit<BackupHead, 'version'>>(`
    select
      to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at,
      (select json_agg(name order by id) from public.throughline_migration) as migrations,
      (select version::float8 from facts.state) as "factsVersion"`);
  if (!rows[0]) throw new Error('The database did not tell its state.');
  return { version: packageVersion, ...rows[0] };
}

/** Every table of ours by name; what it refers to is found when it is read back. */
export async function listTables(client: pg.ClientBase): Promise<BackupTable[]> {
  const { rows } = await client.query<BackupTable>(
    `select
      format('%I.%I', n.nspname, c.relname) as table,
      (
        select json_agg(quote_ident(a.attname) order by a.attnum)
        from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      ) as columns
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any ($1) and c.relkind = 'r' and not format('%I.%I', n.nspname, c.relname) = any ($2)
    order by 1`,
    [keptSchemas, leftOutTables],
  );
  return rows;
}
