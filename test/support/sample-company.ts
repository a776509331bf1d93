import pg from 'pg';
import { inject } from 'vitest';
import { addConnection } from '#etl/connections.js';
import { sampleConnections } from '#etl/connectors/sample/connector.js';
import { syncConnection } from '#etl/sync.js';
import { deriveFacts } from '#server/metrics/facts/derive.js';
import { templateDatabase } from './cluster.js';
import { testDatabase, type TestDatabase } from './database.js';

/** The end of the sample company in tests: a Monday. */
export const sampleUntil = '2026-11-16';

const sampleTemplate = 'throughline_sample_template';
const buildLock = 7_231_099;

/** A database of this test file's own with the whole sample company and its facts; the company is loaded once per run. */
export async function sampleDatabase(): Promise<TestDatabase> {
  const clusterUrl = inject('clusterUrl');
  const admin = new pg.Client({ connectionString: clusterUrl });
  await admin.connect();
  await admin.query('select pg_advisory_lock($1)', [buildLock]);
  const { rowCount } = await admin.query('select from pg_database where datname = $1', [sampleTemplate]);
  if (rowCount === 0) await build(admin, clusterUrl);
  await admin.end();
  return testDatabase(sampleTemplate);
}

async function build(admin: pg.Client, clusterUrl: string): Promise<void> {
  const unfinished = `${sampleTemplate}_unfinished`;
  await admin.query(`drop database if exists ${unfinished} with (force)`);
  await admin.query(`create database ${unfinished} template ${templateDatabase}`);
  const pool = new pg.Pool({ connectionString: clusterUrl.replace(/postgres$/, unfinished), max: 3 });
  for (const connection of sampleConnections(sampleUntil)) {
    await addConnection(pool, { ...connection, connector: 'sample', isSample: true });
    await syncConnection(pool, connection.name);
  }
  await deriveFacts(pool);
  await pool.end();
  await admin.query(`alter database ${unfinished} rename to ${sampleTemplate}`);
}
