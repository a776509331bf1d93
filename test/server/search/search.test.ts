import { expect, test } from 'vitest';
import type { ErrorResponse, SearchResponse } from '#server/api.js';
import { entityId } from '#etl/model/ids.js';
import { testDatabase } from '../../support/database.js';
import { testServer } from '../dashboards/test-server.js';
import { writeFacts } from '../metrics/support/measured.js';

const database = await testDatabase();
const { pool } = database;
await writeFacts(
  pool,
  [{ name: 'desk', asOf: '2026-01-20T12:00:00Z' }],
  [{ name: 'ABC-12', team: 'İzmir', created: '2026-01-01T00:00:00Z', ended: '2026-01-02T00:00:00Z' }],
);
const connection = (await pool.query<{ id: string }>('select id from ingest.connection')).rows[0]?.id ?? '';
const item = entityId(connection, 'item', 'ABC-12');
// The facts of the test have ids of their own; those of the model are made of connection and key.
await pool.query('update facts.item set item_id = $1', [item]);
await pool.query(
  `insert into core.item (item_id, connection_id, external_id, as_of_at, as_of_seq, type, record_id)
  values ($1, $2, 'ABC-12', now(), 1, 'item', gen_random_uuid())`,
  [item, connection],
);
const server = await testServer(database);
const find = (text: string, lang = 'en') => server.json<SearchResponse>(`/api/search?${new URLSearchParams({ text, lang })}`);

test.each(['ABC-12', 'abc-12', '#ABC-12', ' ABC-12 '])('finds an item by its key as %j', async (text) => {
  const { items } = await find(text);
  expect(items).toMatchObject([{ id: item, externalId: 'ABC-12', connection: 'desk' }]);
});

test('finds an item by a further name of it', async () => {
  await pool.query('insert into core.alias (item_id, alias_id, record_id) values ($1, $2, gen_random_uuid())', [
    item,
    entityId(connection, 'item', '10412'),
  ]);
  expect((await find('10412')).items.map(({ id }) => id)).toEqual([item]);
});

test('finds names however they are written, with their dimension', async () => {
  expect((await find('izmir')).names).toEqual([{ dimension: 'team', name: 'İzmir' }]);
});

test('finds charts by their titles in the language of the reader', async () => {
  const [chart] = (await find('came back')).charts;
  expect(chart).toMatchObject({ board: 'consistency', chart: 'reopen-rate', title: 'Work that came back' });
  expect((await find('came back', 'tr')).charts).toEqual([]);
});

test('finds charts by what their metrics are called, with a title in other words', async () => {
  expect((await find('reopen rate')).charts).toMatchObject([{ board: 'consistency', chart: 'reopen-rate', title: 'Work that came back' }]);
  expect((await find('yeniden açılma', 'tr')).charts).toMatchObject([{ chart: 'reopen-rate' }]);
});

test('finds nothing where nothing is', async () => {
  expect(await find('no such thing')).toEqual({ charts: [], names: [], items: [] });
});

test.each([
  ['text=', 'say what to look for'],
  ['', 'text'],
  [`text=${'x'.repeat(201)}`, 'longer than 200'],
  ['text=a&lang=de', 'lang'],
])('refuses ?%s', async (query, message) => {
  const { status, text } = await server.get(`/api/search?${query}`);
  expect(status).toBe(400);
  expect((JSON.parse(text) as ErrorResponse).message).toContain(message);
});
