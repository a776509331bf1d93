import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
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
  await whenUnused(admin, `create database ${name} template ${template}`);
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

/** What no session may look at meanwhile: waits while one that was closed is still there, on a busy machine longer than the server does. */
export async function whenUnused(admin: pg.Client, statement: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await admin.query(statement);
      return;
    } catch (error) {
      const isInUse = error instanceof pg.DatabaseError && error.code === '55006';
      if (!isInUse || tries === 20) throw error;
      await pause(500);
    }
  }
}
