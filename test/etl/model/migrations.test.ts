import { expect, test } from 'vitest';
import { testDatabase } from '../../support/database.js';

test('a new database has the five schemas and an empty model', async () => {
  const { pool } = await testDatabase();
  const schemas = await pool.query(
    `select nspname as name from pg_namespace where nspname in ('ingest','core','facts','analytics','app') order by 1`,
  );
  expect(schemas.rows.map((row: { name: string }) => row.name)).toEqual(['analytics', 'app', 'core', 'facts', 'ingest']);
  const items = await pool.query('select count(*)::int as n from core.item');
  expect(items.rows[0]).toEqual({ n: 0 });
});
