import { tableFromIPC } from 'apache-arrow';
import { expect, test } from 'vitest';
import type { ErrorResponse } from '#server/api.js';
import { testDatabase } from '../../support/database.js';
import { testServer } from '../dashboards/test-server.js';
import { writeFacts, type ItemFacts } from '../metrics/support/measured.js';

const database = await testDatabase();
await writeFacts(
  database.pool,
  [{ name: 'desk', asOf: '2026-03-01T00:00:00Z' }],
  [...promises('01', '=SUM(A1)', 20, 18), ...promises('02', '=SUM(A1)', 20, 10)],
);
await database.pool.query('update core.item set title = external_id');
const server = await testServer(database);

/** Dates of the 10th, so many of them kept. */
function promises(month: '01' | '02', team: string, all: number, kept: number): ItemFacts[] {
  return Array.from({ length: all }, (_, n) => ({
    name: `${month} ${n}`,
    team,
    created: `2026-${month}-01T00:00:00Z`,
    ended: `2026-${month}-${n < kept ? '05' : '20'}T00:00:00Z`,
    promises: [{ said: `2026-${month}-01T00:00:00Z`, due: `2026-${month}-10T12:00:00Z` }],
  }));
}

const february = 'from=2026-02-01&to=2026-03-01&grain=month';
const file = (name: string, query = february) => server.get(`/api/boards/delay/charts/${name}?${query}`);

function lines(text: string): Record<string, string>[] {
  const [head = '', ...rows] = text.trimEnd().split('\n');
  return rows.map((row) => Object.fromEntries(row.split(',').map((cell, index) => [head.split(',')[index] ?? '', cell])));
}

test('a chart is a CSV file of all its numbers, the headline among them, in plain figures and ISO days', async () => {
  const { status, headers, text } = await file('on-time.csv', `${february}&lang=fa&calendar=gregorian`);
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(headers['content-disposition']).toBe('attachment; filename="throughline-on-time-2026-02-01-2026-03-01.csv"');
  const rows = lines(text);
  expect(rows.map(({ role, metric }) => `${role} ${metric}`)).toEqual([
    'drawn on-time-first',
    'drawn on-time-last',
    'now on-time-first',
    'before on-time-first',
  ]);
  expect(rows[0]).toMatchObject({
    bucket: '2026-02-01',
    value: '50',
    unit: '%',
    n: '20',
    window_from: '2026-02-01',
    window_to: '2026-03-01',
  });
  expect(rows[3]).toMatchObject({ bucket: '', value: '90', n: '20', window_from: '2026-01-01', window_to: '2026-02-01' });
  expect(text).not.toMatch(/[۰-۹]/);
});

test('names that a spreadsheet would run get an apostrophe, also those of single items', async () => {
  const { text } = await server.get(`/api/boards/consistency/charts/lead-time-by-type.csv?${february}&by=team`);
  expect(text).not.toMatch(/(^|,)=SUM/m);
  const trend = await file('goalpost-gap.csv', `${february}&by=team`);
  expect(trend.text).toContain(`,'=SUM(A1),`);
});

test('a chart that draws single items gives each of them, instants on the clock of the zone', async () => {
  const { text } = await server.get(`/api/boards/consistency/charts/lead-time-points.csv?${february}`);
  const units = lines(text).filter(({ role }) => role === 'unit');
  expect(new Set(units.map(({ item_id }) => item_id)).size).toBe(20);
  const [first] = units;
  const told = Object.fromEntries(
    units.filter(({ item_id }) => item_id === first?.['item_id']).map((row) => [row['name'], row['value'] || row['text']]),
  );
  expect(told['exit']).toMatch(/^2026-02-(05|20)T00:00:00$/);
  expect(['345600', '1641600']).toContain(told['seconds']);
});

test('Arrow has the same rows with their types, and says what they are', async () => {
  const { headers, bytes } = await file('on-time.arrow');
  expect(headers['content-type']).toBe('application/vnd.apache.arrow.stream');
  const table = tableFromIPC(bytes);
  expect(table.numRows).toBe(4);
  const row = table.get(0)?.toJSON() as Record<string, unknown>;
  expect([row['value'], row['n'], row['segment']]).toEqual([50, 20, null]);
  expect(String(table.schema.fields.find(({ name }) => name === 'bucket')?.type)).toBe('Date32<DAY>');
  expect(table.schema.metadata.get('zone')).toBe('UTC');
  expect(table.schema.metadata.get('asOf')).toMatch(/^2026-03-01T00:00:00/);
});

test('SVG stands by itself: title, period, n, the time of the data, the definition, and nothing to load', async () => {
  const { status, headers, text } = await file('on-time.svg');
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('image/svg+xml; charset=utf-8');
  expect(text).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="800"/);
  for (const told of [
    'On time: by the first date',
    'Period: 1 Feb 2026 – 28 Feb 2026 · UTC',
    '20 promises',
    '>50 %<',
    'Data to: 1 Mar 2026',
    'On time, first date: ',
  ])
    expect(text, told).toContain(told);
  expect(text).toContain('Noto Sans');
  expect(text.replaceAll('http://www.w3.org', '')).not.toMatch(/href=|url\(|http:|<script|<image/);
});

test('in Persian the texts of the picture run from the right', async () => {
  const { text } = await file('on-time.svg', `${february}&lang=fa&theme=dark`);
  expect(text).toContain('direction="rtl"');
  expect(text).toContain('fill="#171d24"');
  expect(text).toMatch(/<text x="780"/);
});

test('a chart with nothing to draw says so in its picture', async () => {
  const { status, text } = await file('on-time.svg', `${february}&team=Nobody`);
  expect(status).toBe(200);
  expect(text).toContain('filters');
  expect(text.match(/<svg /g)).toHaveLength(1);
});

test.each([
  ['/api/boards/dely/charts/on-time.csv', 404, 'There is no board "dely"; known: '],
  ['/api/boards/delay/charts/on-tme.csv', 404, 'There is no chart "on-tme"; known: goalpost-gap, on-time'],
  ['/api/boards/delay/charts/on-time.pdf', 404, "known are the chart's id with .svg, .csv, .xlsx, .json, .ndjson, .arrow, .parquet"],
  ['/api/boards/delay/charts/on-time.csv?colour=red', 400, 'Unknown parameter "colour"'],
  ['/api/boards/delay/charts/on-time.csv?grain=hour', 400, 'grain: "hour" is not known'],
])('refuses %s', async (path, expected, message) => {
  const { status, text } = await server.get(path);
  expect(status).toBe(expected);
  expect((JSON.parse(text) as ErrorResponse).message).toContain(message);
});

test.each(['xlsx', 'json', 'ndjson', 'parquet'])('gives the rows of a chart as %s too', async (format) => {
  const { status, headers, bytes } = await server.get(`/api/boards/delay/charts/on-time.${format}`);
  expect([status, String(headers['content-disposition'])]).toEqual([200, expect.stringContaining(`.${format}"`)]);
  expect(bytes.byteLength).toBeGreaterThan(500);
});
