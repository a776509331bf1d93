import { beforeAll, expect, test } from 'vitest';
import type { ExportsResponse } from '#server/api.js';
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

test('gives the kind of file that is accepted, and the one that is asked for before it', async () => {
  const accept = 'application/vnd.apache.arrow.stream, application/json;q=0.5';
  const typeOf = async (path: string) => (await fetch(`${address}${path}`, { headers: { accept } })).headers.get('content-type');
  expect(await typeOf('/api/exports/team')).toBe('application/vnd.apache.arrow.stream');
  expect(await typeOf('/api/exports/team?format=csv')).toBe('text/csv; charset=utf-8');
});

test('says how many rows are likely', async () => {
  await database.pool.query('analyze core.team');
  const told = async () => {
    const answer = await fetch(`${address}/api/exports/team`);
    return [answer.headers.get('throughline-estimated-rows'), (await answer.text()).trim().split('\n').length];
  };
  // Guessed, not counted, where the machine is busy.
  await expect.poll(told).toEqual(['2', 3]);
});

test('leaves cells as they are where raw=1 asks for it, and not by itself', async () => {
  const teams = async (query: string) => (await (await fetch(`${address}/api/exports/team${query}`)).text()).includes("'+Field");
  expect([await teams(''), await teams('?raw=0'), await teams('?raw=1')]).toEqual([true, true, false]);
  expect((await fetch(`${address}/api/exports/team?raw=yes`)).status).toBe(400);
});

test('lists the views with their version and likely rows, and notes who took what', async () => {
  const list = async () => (await (await fetch(`${address}/api/exports`)).json()) as ExportsResponse;
  expect((await list()).version).toMatch(/^1\.\d+$/);
  await expect
    .poll(async () => (await list()).views.find(({ name }) => name === 'team'))
    .toMatchObject({ estimatedRows: 2, comment: expect.any(String) as string });
  const { rows } = await database.pool.query(
    `select object, outcome, detail from app.audit where action = 'export' order by id desc limit 1`,
  );
  expect(rows).toEqual([{ object: 'team', outcome: 'done', detail: { kind: 'view', format: 'csv', raw: true } }]);
});
