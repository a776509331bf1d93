import { mkdir } from 'node:fs/promises';
import pg from 'pg';
import type { Config } from '../config.js';
import { joinCluster } from './cluster.js';
import { migrate } from './migrate.js';
import { prepareDataDirectory } from './placement.js';

export interface Database {
  url: string;
  pool: pg.Pool;
  isEmbedded: boolean;
  migrated: string[];
  /** Starts an embedded database again that has died; true if it had. */
  revive(): Promise<boolean>;
  close(): Promise<void>;
}

/** Takes one step of the start and tells about it: a label before, a word after. */
export type Step = <T>(label: string, work: () => Promise<T>, outcome: (result: T) => string) => Promise<T>;

/** Opens the configured database, or the embedded one, with the schema of this program. Throws `StartError`. */
export async function openDatabase(config: Config, step: Step): Promise<Database> {
  await prepareDataDirectory(config.dataDirectory);
  await mkdir(config.metricDirectory, { recursive: true, mode: 0o700 });
  const undo: (() => Promise<void>)[] = [];
  try {
    const cluster =
      config.databaseUrl === null
        ? await step(
            'database',
            () => joinCluster(config.dataDirectory),
            (joined) => `embedded PostgreSQL, ${joined.how}`,
          )
        : null;
    if (cluster) undo.push(() => cluster.leave());
    const url = cluster?.url ?? config.databaseUrl ?? '';
    const migrated = await step(
      'schema',
      () => migrate(url),
      (names) => (names.length === 0 ? 'up to date' : `${names.length} ${names.length === 1 ? 'migration' : 'migrations'} applied`),
    );
    const pool = openPool(url);
    undo.push(() => pool.end());
    return {
      url,
      pool,
      isEmbedded: cluster !== null,
      migrated,
      revive: () => cluster?.revive() ?? Promise.resolve(false),
      close: () => undoAll(undo),
    };
  } catch (error) {
    await undoAll(undo);
    throw error;
  }
}

/** Connections that speak UTC, whatever the server's default. */
function openPool(url: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 12,
    application_name: 'throughline',
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    options: '-c TimeZone=UTC',
  });
  // An idle connection that breaks is replaced at the next query, which reports what is wrong; unheard, it would end the process.
  pool.on('error', () => undefined);
  // A pool that has ended no longer listens, but its last connections may still be told that the server stops.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

async function undoAll(undo: (() => Promise<void>)[]): Promise<void> {
  for (const act of undo.splice(0).reverse()) await act();
}
