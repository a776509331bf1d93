import { mkdir } from 'node:fs/promises';
import type pg from 'pg';
import { readKey } from '#etl/vault/key.js';
import type { Config } from '../config.js';
import type { Step } from '../console.js';
import { joinCluster } from './cluster.js';
import { leastRights, type ProgramRights } from './least-rights.js';
import { migrate } from './migrate.js';
import { openPool } from './pool.js';
import { prepareDataDirectory } from './placement.js';

export interface Database {
  /** With the login of the administrator, which only `administer` uses. */
  url: string;
  /** As the login that serves the page and the API. */
  pool: pg.Pool;
  /** As the login that reads tools and derives facts. */
  etlPool: pg.Pool;
  rights: ProgramRights;
  isEmbedded: boolean;
  migrated: string[];
  /** Starts an embedded database again that has died; true if it had. */
  revive(): Promise<boolean>;
  close(): Promise<void>;
}

/** Of each of the two pools. */
const mostConnections = 12;

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
    const logins = await step(
      'rights',
      () => leastRights(url, () => readKey(config.dataDirectory, config.secretKey ?? undefined)),
      ({ rights }) => (rights.isLeast ? 'logins of its own' : `those of ${rights.user}, more than need be; see throughline doctor`),
    );
    const pool = openPool(logins.app, { max: mostConnections, name: 'throughline' });
    undo.push(() => pool.end());
    const etlPool = openPool(logins.etl, { max: mostConnections, name: 'throughline etl' });
    undo.push(() => etlPool.end());
    return {
      url,
      pool,
      etlPool,
      rights: logins.rights,
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

async function undoAll(undo: (() => Promise<void>)[]): Promise<void> {
  for (const act of undo.splice(0).reverse()) await act();
}
