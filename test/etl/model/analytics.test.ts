import { expect, test } from 'vitest';
import { testDatabase } from '../../support/database.js';

const { pool } = await testDatabase();

test('documents every view and every column of the analytics schema', async () => {
  const { rows } = await pool.query<{ name: string; comment: string | null }>(`
    select c.relname || coalesce('.' || a.attname, '') as name, d.description as comment
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'analytics'
    left join lateral (
      select attname, attnum from pg_attribute where attrelid = c.oid and attnum > 0
      union all select null, 0
    ) a on true
    left join pg_description d on d.objoid = c.oid and d.classoid = 'pg_class'::regclass and d.objsubid = coalesce(a.attnum, 0)
  `);
  expect(rows.length).toBeGreaterThan(100);
  expect(rows.filter((row) => !row.comment).map((row) => row.name)).toEqual([]);
});

test('offers the views analysts are promised', async () => {
  const { rows } = await pool.query<{ name: string }>(`select viewname as name from pg_views where schemaname = 'analytics'`);
  expect(rows.map((row) => row.name)).toEqual(
    expect.arrayContaining([
      'connection',
      'customer',
      'event',
      'handoff',
      'interval',
      'item',
      'message',
      'ownership',
      'promise',
      'team',
      'turn',
    ]),
  );
});
