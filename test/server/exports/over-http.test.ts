import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../support/database.js';
import { testServer } from '../dashboards/test-server.js';
import { loadSmallCompany } from './small-company.js';

const database = await testDatabase();
let address = '';

beforeAll(async () => {
  await loadSmallCompany(database.pool);
  // The 50,000th row cannot be computed: long after the first bytes have left.
  await database.pool.query(
    `create view analytics.breaks as select n, repeat('x', 200) as words, 1 / (50000 - n) as wrong from generate_series(1, 60000) n`,
  );
  address = await (await testServer(database)).listen();
});

test.each([
  ['csv', 'text/csv; charset=utf-8'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['json', 'application/json; charset=utf-8'],
  ['ndjson', 'application/x-ndjson; charset=utf-8'],
  ['arrow', 'application/vnd.apache.arrow.stream'],
  ['parquet', 'application/vnd.apache.parquet'],
])('gives a view as %s, to be kept under its own name', async (format, type) => {
  const answer = await fetch(`${address}/api/exports/item?format=${format}`);
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-disposition')]).toEqual([
    200,
    type,
    `attachment; filename="throughline-item.${format}"`,
  ]);
  expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(100);
});

test.each(['csv', 'xlsx', 'json', 'ndjson', 'arrow', 'parquet'])('ends no half %s like a whole one', async (format) => {
  const answer = await fetch(`${address}/api/exports/breaks?format=${format}`);
  const isWhole = await answer.arrayBuffer().then(
    () => answer.ok,
    () => false,
  );
  expect(isWhole).toBe(false);
  expect((await fetch(`${address}/api/exports/team?format=${format}`)).ok).toBe(true);
});
