import { tableFromIPC } from 'apache-arrow';
import { beforeAll, expect, test } from 'vitest';
import type { ErrorResponse, ItemsResponse } from '#server/api.js';
import { csvLine } from '#server/exports/csv-line.js';
import { deriveFacts } from '#server/metrics/facts/derive.js';
import { loadSample } from '#server/sync/sample.js';
import { testDatabase } from '../../support/database.js';
import { testServer, type TestServer } from './test-server.js';

const database = await testDatabase();
const { pool } = database;
let server: TestServer;

/** All items of a year, some 8,000. */
const mark = '/api/metrics/lead-time/items';
const window = 'from=2025-11-01&to=2026-11-01&grain=all';

beforeAll(async () => {
  await loadSample(pool, { signal: AbortSignal.timeout(300_000), now: new Date('2026-11-21T12:00:00Z') });
  await deriveFacts(pool);
  await pool.query(`update core.item set title = '=HYPERLINK("http://x")' where external_id = (select min(external_id) from core.item)`);
  server = await testServer(database);
});

async function page(query: string): Promise<ItemsResponse> {
  return server.json<ItemsResponse>(`${mark}?${window}&limit=200&${query}`);
}

test.each(['contribution', 'title', 'customer', 'team', 'type', 'created', 'outcome'])(
  'sorted by %s the portions of a list are the whole list, each item once',
  async (sort) => {
    const { total } = await page(`sort=${sort}&offset=0`);
    expect(total).toBeGreaterThan(5_000);
    const ids = new Set<string>();
    for (let offset = 0; offset < total; offset += 200)
      for (const { id } of (await page(`sort=${sort}&order=desc&offset=${offset}`)).items) ids.add(id);
    expect(ids.size).toBe(total);
  },
);

test('titles come in the order of the language', async () => {
  const { items } = await page('sort=title&order=asc&lang=tr&offset=1000');
  const titles = items.map((item) => item.title ?? item.externalId);
  // Space and punctuation are letters of no weight to ICU as Postgres asks it; words alone are compared here.
  const words = titles.map((title) => title.replace(/[^\p{L}\p{N}]+/gu, ''));
  expect(words).toEqual(words.toSorted(new Intl.Collator('tr', { ignorePunctuation: true }).compare));
});

test('customers come in the order of the language, those of none last', async () => {
  const { items } = await page('sort=customer&order=asc&lang=tr&offset=0');
  const names = items.map((item) => item.customer ?? '\uffff');
  expect(names).toEqual(names.toSorted(new Intl.Collator('tr', { numeric: true }).compare));
});

test('an order nobody knows is refused with those there are', async () => {
  const answer = await server.get(`${mark}?${window}&sort=colour`);
  expect(answer.status).toBe(400);
  expect((JSON.parse(answer.text) as ErrorResponse).message).toContain(
    'sort: "colour" is not known; known: contribution, title, customer, team, type, created, outcome.',
  );
});

test('the list can be had whole as CSV, in its order, safe for spreadsheets', async () => {
  const { total, items } = await page('sort=created&order=asc');
  const answer = await server.get(
    `${mark}/download?${window}&sort=created&order=asc&column=external_id&column=created_at&column=contribution`,
  );
  expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(answer.headers['content-disposition']).toBe('attachment; filename="throughline-items.csv"');
  const lines = answer.text.trimEnd().split('\n');
  expect(lines).toHaveLength(total + 1);
  expect(lines[0]).toBe('external_id,contribution,created_at');
  const [first] = items;
  expect(lines[1]).toBe(`${first?.externalId},${first?.contribution},${first?.createdAt}`);
});

test('no cell of it runs as a formula', async () => {
  const { text } = await server.get(`${mark}/download?from=2024-01-01&to=2026-12-01&grain=all&column=title`);
  expect(text).toContain(`"'=HYPERLINK(""http://x"")"`);
  expect(csvLine(['+1', '@x', '-', 'a,b', null, '', 0.5, '\u{FF1D}1'])).toBe(`'+1,'@x,'-,"a,b",,"",0.5,'\u{FF1D}1\n`);
});

test('the list can be had whole as Arrow, with instants as instants', async () => {
  const { total, items } = await page('sort=created&order=asc');
  const answer = await server.get(`${mark}/download?${window}&sort=created&order=asc&format=arrow`);
  const table = tableFromIPC(answer.bytes);
  expect(table.numRows).toBe(total);
  const row = table.get(0)?.toJSON() as Record<string, unknown>;
  expect(row['external_id']).toBe(items[0]?.externalId);
  expect(Number(row['created_at'])).toBe(Date.parse(items[0]?.createdAt ?? ''));
});

test('a download of what is not there is refused before its first byte', async () => {
  const answer = await server.get(`/api/metrics/lead-tme/items/download?${window}`);
  expect(answer.status).toBe(400);
  expect((JSON.parse(answer.text) as ErrorResponse).message).toContain('Unknown metric "lead-tme"');
  const column = await server.get(`${mark}/download?${window}&column=colour`);
  expect((JSON.parse(column.text) as ErrorResponse).message).toContain('column: "colour" is not known; known: item_id, external_id');
});
