import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { Pool } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { addConnection } from '#etl/connections.js';
import { mappingSchema } from '#etl/connectors/csv/payload.js';
import { readMapping } from '#etl/files/mapping-file.js';
import { syncConnection } from '#etl/sync.js';

/** What a measurement found: seconds, a ratio or megabytes, and the least it may be. */
export type ImportReport = (line: { name: string; value: number; unit: 's' | 'ratio' | 'MB'; least?: number }) => void;

/** What the import writes, in an order that needs no table before its parents. */
const tables = ['ingest.raw_record', 'core.item', 'core.event', 'core.person', 'core.team', 'core.customer', 'core.status'];

/** The promise of the issue: no slower than three times a bare COPY of the same rows into the same tables. */
const leastRatio = 0.3;

/** Imports a log from the file to the committed rows, then copies the very rows back into the emptied tables. */
export async function benchImport(pool: Pool, file: string, mappingFile: string, report: ImportReport): Promise<void> {
  const mapping = await readMapping(mappingFile, mappingSchema);
  await addConnection(pool, { name: 'bench', connector: 'csv', config: { file, mapping } });
  let mostMemory = 0;
  const importSeconds = await secondsOf(() =>
    syncConnection(pool, 'bench', { onProgress: () => (mostMemory = Math.max(mostMemory, process.memoryUsage().rss)) }),
  );
  const againSeconds = await secondsOf(() => syncConnection(pool, 'bench'));
  const copySeconds = await bareCopySeconds(pool);
  report({ name: 'import, file to committed rows', value: importSeconds, unit: 's' });
  report({ name: 'import again, nothing changed', value: againSeconds, unit: 's' });
  report({ name: 'bare COPY of the same rows', value: copySeconds, unit: 's' });
  report({ name: 'import, as a share of bare COPY speed', value: copySeconds / importSeconds, unit: 'ratio', least: leastRatio });
  report({ name: 'most memory while importing', value: mostMemory / 1e6, unit: 'MB' });
}

async function bareCopySeconds(pool: Pool): Promise<number> {
  const client = await pool.connect();
  try {
    const rows = new Map<string, Buffer[]>();
    for (const table of tables) rows.set(table, await client.query(copyTo(`copy ${table} to stdout`)).toArray());
    await client.query(`truncate ${tables.join(', ')} cascade`);
    return await secondsOf(async () => {
      for (const [table, chunks] of rows) await pipeline(Readable.from(chunks), client.query(copyFrom(`copy ${table} from stdin`)));
    });
  } finally {
    client.release();
  }
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return (performance.now() - begin) / 1000;
}
