import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { templateDatabase } from './cluster.js';

export interface TestDatabase {
  url: string;
  pool: pg.Pool;
}

/** A database of this test file's own, migrated and empty; dropped when the file is done. Call it at the top of a `describe` or file. */
export async function testDatabase(template = templateDatabase): Promise<TestDatabase> {
  const clusterUrl = inject('clusterUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client({ connectionString: clusterUrl });
  await admin.connect();
  await admin.query(`create database ${name} template ${template}`);
  await admin.end();
  const url = clusterUrl.replace(/postgres$/, name);
  const pool = new pg.Pool({ connectionString: url, max: 5 });
  // A session that is still closing when the database is dropped is ended by the server, after the pool stopped listening.
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', () => undefined);
  afterAll(async () => {
    await pool.end();
    const cleaner = new pg.Client({ connectionString: clusterUrl });
    await cleaner.connect();
    await cleaner.query(`drop database ${name} with (force)`);
    await cleaner.end();
  });
  return { url, pool };
}
