import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { joinCluster } from '#server/database/cluster.js';
import { migrate } from '#server/database/migrate.js';
import { rebuildFacts } from '#server/metrics/facts/derive.js';
import { repositoryRoot } from '../support/import-directions.js';
import { insertLargeCompany } from './large-company.js';

export const sizes = { '10k': 10_000, '100k': 100_000, '1m': 1_000_000 } as const;
export type Size = keyof typeof sizes;

/** A large company in an embedded database of its own. */
export interface KeptCompany {
  /** A data directory the server can be started with. */
  directory: string;
  pool: pg.Pool;
  items: number;
  events: number;
  close(): Promise<void>;
}

/** Opens the company of a size, kept in `.cache/bench` between runs; made where it is not there. */
export async function keptCompany(size: Size): Promise<KeptCompany> {
  const directory = join(repositoryRoot, '.cache', 'bench', size);
  await mkdir(directory, { recursive: true });
  // The account of the database passes through.
  await chmod(join(repositoryRoot, '.cache', 'bench'), 0o755);
  await chmod(directory, 0o755);
  const cluster = await joinCluster(directory);
  await migrate(cluster.url);
  const pool = new pg.Pool({ connectionString: cluster.url, max: 6, options: '-c TimeZone=UTC' });
  const count = async (table: string) => Number((await pool.query<{ n: string }>(`select count(*) as n from ${table}`)).rows[0]?.n);
  if ((await count('ingest.connection')) === 0) await insertLargeCompany(pool, sizes[size]);
  else if ((await count('core.item')) !== sizes[size])
    throw new Error(`The company in ${directory} is not whole: making it was broken off. Remove the directory and start again.`);
  if ((await count('facts.item')) !== sizes[size]) await rebuildFacts(pool);
  return {
    directory,
    pool,
    items: sizes[size],
    events: await count('core.event'),
    async close() {
      await pool.end();
      await cluster.leave();
    },
  };
}
