import pg from 'pg';
import { afterAll } from 'vitest';
import { keyOf } from '#etl/vault/key.js';
import type { Scope } from '#server/access/principal.js';
import type { Login } from '#server/workbench/child-job.js';
import { closeChildren } from '#server/workbench/children.js';
import { dropRole, workbenchPassword } from '#server/workbench/roles.js';
import { addressOf } from '#server/database/address.js';
import { setUpWorkbench } from '#server/workbench/setup.js';
import type { TestDatabase } from '../../support/database.js';

export const testKey = keyOf('00112233445566778899aabbccddeeff'.repeat(2), 'the key of the test');

/** Sets the workbench up in a test database, with a login for each scope, in the order given; they are dropped when the file is done. */
export async function analysts({ url, pool }: TestDatabase, scopes: (Scope | null)[] = [null]): Promise<Login[]> {
  const client = await pool.connect();
  const names = await setUpWorkbench(client, { app: new URL(url).username, key: testKey, scopes });
  const { rows } = await client.query<{ number: number }>(`select current_setting('server_version_num')::int as number`);
  client.release();
  afterAll(async () => {
    closeChildren();
    await dropLogins(pool);
  });
  return names.map((name) => ({
    address: addressOf(url, name, workbenchPassword(testKey, name)),
    serverNumber: rows[0]?.number ?? 0,
    application: '1',
  }));
}

/** Drops every login of the database's workbench. */
export async function dropLogins(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string }>('select role_name as name from app.analyst_role');
  const client = await pool.connect();
  try {
    for (const { name } of rows) {
      await client.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [name]);
      await dropRole(client, name);
    }
  } finally {
    client.release();
  }
}
