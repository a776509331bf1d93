import pg from 'pg';
import { expect, test } from 'vitest';
import { openPostgresEngine } from '#server/metrics/postgres-engine.js';
import { testDatabase } from '../../support/database.js';

test('what waits for its turn does not wait for a connection, so it does not run out of time', async () => {
  const { url } = await testDatabase();
  const pool = new pg.Pool({ connectionString: url, max: 5 });
  const engine = openPostgresEngine(pool);
  const asked = Array.from({ length: 24 }, (_, n) => engine.query('select $1::int as n from pg_sleep(0.05)', [String(n)]));
  await new Promise((resolve) => setImmediate(resolve));
  expect(pool.waitingCount).toBe(0);
  // Whoever needs a connection beside them finds one at once.
  const free = pool.query('select 1 as free');
  expect(pool.waitingCount).toBe(0);
  expect((await free).rows).toEqual([{ free: 1 }]);
  expect((await Promise.all(asked)).map(([row]) => row?.['n'])).toEqual(Array.from({ length: 24 }, (_, n) => n));
  await pool.end();
});
