import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { hasCode } from '#etl/error-code.js';
import { StartError } from '../start-error.js';
import { databaseAccount } from './account.js';
import { findBinaries } from './binaries.js';
import { placement } from './placement.js';
import { Postmaster } from './postmaster.js';
import { ProcessLock } from './process-lock.js';

const databaseName = 'throughline';

/** A start after a crash replays the log first; this is longer than 2 GB of it takes. */
const lifeCycleWaitMs = 180_000;
const recoveryWaitMs = 120_000;
/** Longer than a busy machine keeps anybody waiting: a database that does not answer is stopped, though others may work with it. */
const patientMs = 30_000;

/** The embedded PostgreSQL, as one of the processes that use it sees it. */
export interface Cluster {
  url: string;
  /** `new`: made now; `started`: was there, not running; `joined`: was running already. */
  how: 'new' | 'started' | 'joined';
  /** Starts it again if it has died; true if it had. */
  revive(): Promise<boolean>;
  /** The last to leave stops it. */
  leave(): Promise<void>;
}

/**
 * Makes, starts or joins the database of a data directory. Who uses it holds a shared lock; starting and stopping happen
 * under a second, exclusive one. A database left running by a killed process is joined like any other.
 */
export async function joinCluster(dataDirectory: string): Promise<Cluster> {
  const account = databaseAccount();
  const binaries = await findBinaries(account);
  const usersFile = join(dataDirectory, 'database-users.lock');

  const lifeCycle = async <T>(work: () => Promise<T>): Promise<T> => {
    const lock = await ProcessLock.exclusive(join(dataDirectory, 'database-life.lock'), lifeCycleWaitMs);
    if (!lock)
      throw new StartError(`Another process is starting or stopping the database in ${dataDirectory} and does not finish; end it first.`);
    try {
      return await work();
    } finally {
      lock.release();
    }
  };

  return lifeCycle(async () => {
    const users = await ProcessLock.shared(usersFile);
    if (!users) throw new StartError(`${usersFile} is held by another program; remove what holds it.`);
    try {
      const { directory, password } = await placement(dataDirectory, account);
      const postmaster = new Postmaster(directory, binaries, account);
      const { port, how } = await bringUp(postmaster, password, binaries.major);
      const url = clusterUrl(password, port, databaseName);
      await ensureDatabase(clusterUrl(password, port, 'postgres'));
      return {
        url,
        how,
        revive: async () => {
          if ((await postmaster.running()) !== null) return false;
          return lifeCycle(async () => {
            if ((await postmaster.running()) !== null) return false;
            const started = await postmaster.start(port);
            if (started !== port)
              throw new StartError(`Another program has taken port ${port} of the embedded database; start Throughline again.`);
            return true;
          });
        },
        leave: () =>
          lifeCycle(async () => {
            users.release();
            const last = await ProcessLock.exclusive(usersFile);
            if (!last) return;
            await postmaster.stop();
            last.release();
          }),
      };
    } catch (error) {
      users.release();
      throw error;
    }
  });
}

async function bringUp(postmaster: Postmaster, password: string, major: string): Promise<{ port: number; how: Cluster['how'] }> {
  const version = await postmaster.version();
  if (version === null) {
    await postmaster.create(password);
    return { port: await postmaster.start(null), how: 'new' };
  }
  if (version !== major) {
    throw new StartError(
      `The database in ${postmaster.directory} is of PostgreSQL ${version}, this program brings ${major}; ` +
        `set DATABASE_URL to a server of version ${version}, or DATA_DIR to a new directory.`,
    );
  }
  const running = await postmaster.running();
  if (running !== null) {
    if (await answers(clusterUrl(password, running.port, 'postgres'), postmaster.directory)) return { port: running.port, how: 'joined' };
    await postmaster.stop();
  }
  return { port: await postmaster.start(running?.port ?? null), how: 'started' };
}

/** Whether our database is the one that answers there. Waits while it starts, recovers or shuts down. */
async function answers(url: string, directory: string): Promise<boolean> {
  const deadline = performance.now() + recoveryWaitMs;
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: patientMs });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const told = await client.query<{ data_directory: string }>('show data_directory');
      return (await realpath(told.rows[0]?.data_directory ?? '')) === (await realpath(directory));
    } catch (error) {
      const isComingOrGoing = hasCode(error, '57P03');
      if (!isComingOrGoing || performance.now() >= deadline) return false;
    } finally {
      await client.end();
    }
    await pause(100);
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query('select from pg_database where datname = $1', [databaseName]);
    if (found.rowCount === 0) await client.query(`create database ${databaseName}`);
  } finally {
    await client.end();
  }
}

function clusterUrl(password: string, port: number, database: string): string {
  return `postgres://throughline:${password}@127.0.0.1:${port}/${database}`;
}
