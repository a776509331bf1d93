import pg from 'pg';
import { inject } from 'vitest';
import { addConnection } from '#etl/connections.js';
import { sampleConnections } from '#etl/connectors/sample/connector.js';
import { syncConnection } from '#etl/sync.js';
import { deriveFacts } from '#server/metrics/facts/derive.js';
import { templateDatabase } from './cluster.js';
import { testDatabase, type TestDatabase, whenUnused } from './database.js';

/** The end of the sample company in tests: a Monday. */
export const sampleUntil = '2026-11-16';

const sampleTemplate = 'throughline_sample_template';
const sharedDatabase = 'throughline_sample_shared';
const buildLock = 7_231_099;

/** A database of this test file's own with the whole sample company and its facts; the company is loaded once per run. */
export async function sampleDatabase(): Promise<TestDatabase> {
  await withSample(async () => undefined);
  return testDatabase(sampleTemplate);
}

/** The address of a built server on the sample company that other test files look at too, at the same time. */
export async function sharedServer(): Promise<string> {
  const databaseUrl = inject('clusterUrl').replace(/postgres$/, sharedDatabase);
  await withSample(async (admin) => {
    if (!(await isThere(admin, sharedDatabase))) await whenUnused(admin, `create database ${sharedDatabase} template ${sampleTemplate}`);
  });
  const answer = await fetch(inject('sharedServerUrl'), { method: 'POST', body: databaseUrl });
  const told = await answer.text();
  if (!answer.ok) throw new Error(`The server of the run did not start: ${told}`);
  return told;
}

/** Does something when the sample company is loaded, one test file at a time. */
async function withSample(act: (admin: pg.Client) => Promise<void>): Promise<void> {
  const clusterUrl = inject('clusterUrl');
  const admin = new pg.Client({ connectionString: clusterUrl });
  await admin.connect();
  await admin.query('select pg_advisory_lock($1)', [buildLock]);
  if (!(await isThere(admin, sampleTemplate))) await build(admin, clusterUrl);
  await act(admin);
  await admin.end();
}

async function isThere(admin: pg.Client, database: string): Promise<boolean> {
  const { rowCount } = await admin.query('select from pg_database where datname = $1', [database]);
  return rowCount === 1;
}

async function build(admin: pg.Client, clusterUrl: string): Promise<void> {
  const unfinished = `${sampleTemplate}_unfinished`;
  await admin.query(`drop database if exists ${unfinished} with (force)`);
  await whenUnused(admin, `create database ${unfinished} template ${templateDatabase}`);
  const pool = new pg.Pool({ connectionString: clusterUrl.replace(/postgres$/, unfinished), max: 3 });
  for (const connection of sampleConnections(sampleUntil)) {
    await addConnection(pool, { ...connection, connector: 'sample', isSample: true });
    await syncConnection(pool, connection.name);
  }
  await deriveFacts(pool);
  await pool.end();
  await whenUnused(admin, `alter database ${unfinished} rename to ${sampleTemplate}`);
}
