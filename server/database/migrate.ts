import pg from 'pg';
import { reasonOf } from '#etl/error-code.js';
import { migrations, modelDataSource } from '#etl/model/database.js';
import { StartError } from '../start-error.js';
import { connectionError } from './connection-error.js';

const oldestVersion = 150_000;

/** Any number, the same in every process: the one that holds it migrates, the others wait and find nothing to do. */
const migrationLock = 7_146_001;

/** Checks that the database can be used and brings its schema up to date. Returns the names of the migrations applied now. */
export async function migrate(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, application_name: 'throughline migration' });
  client.on('error', () => undefined);
  await client.connect().catch((error: unknown) => {
    throw connectionError(url, error);
  });
  try {
    refuseOldServer(await serverVersion(client));
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    const applied = await appliedMigrations(client);
    const known = migrations.map((migration) => migration.name);
    const unknown = applied.filter((name) => !known.includes(name));
    if (unknown.length > 0) {
      throw new StartError(`The database is newer than this program: migrations unknown here: ${unknown.join(', ')}; update the program.`);
    }
    const pending = known.filter((name) => !applied.includes(name));
    if (pending.length > 0) await applyPending(url);
    return pending;
  } finally {
    await client.end();
  }
}

/** Throws a `StartError` where the server lacks what the queries use. */
export function refuseOldServer({ number, version }: ServerVersion): void {
  if (number < oldestVersion) {
    throw new StartError(`The database is PostgreSQL ${version}; 15 or later is needed. Update it, or leave DATABASE_URL out.`);
  }
}

interface ServerVersion {
  /** As `server_version_num`: 150004 is 15.4. */
  number: number;
  version: string;
}

async function serverVersion(client: pg.Client): Promise<ServerVersion> {
  const told = await client.query<ServerVersion>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as version`,
  );
  if (!told.rows[0]) throw new StartError('The database does not tell its version; is it PostgreSQL?');
  return told.rows[0];
}

async function appliedMigrations(client: pg.Client): Promise<string[]> {
  const table = await client.query<{ exists: boolean }>(`select to_regclass('public.throughline_migration') is not null as exists`);
  if (!table.rows[0]?.exists) return [];
  const rows = await client.query<{ name: string }>('select name from public.throughline_migration order by id');
  return rows.rows.map((row) => row.name);
}

async function applyPending(url: string): Promise<void> {
  const source = modelDataSource(url);
  try {
    await source.initialize();
    await source.runMigrations();
  } catch (error) {
    const reason = reasonOf(error);
    throw new StartError(`The database schema could not be brought up to date, and is as it was: ${reason}`, { cause: error });
  } finally {
    if (source.isInitialized) await source.destroy();
  }
}
