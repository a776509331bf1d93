import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { tableFromIPC } from 'apache-arrow';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportStream, exportToFile } from '#server/exports/export-view.js';
import { estimatedRows, listViews } from '#server/exports/view-catalog.js';
import { testDatabase } from '../../support/database.js';
import { ids, loadSmallCompany } from './small-company.js';

const { pool } = await testDatabase();
let directory = '';

beforeAll(async () => {
  await loadSmallCompany(pool);
  directory = await mkdtemp(join(tmpdir(), 'throughline-export-'));
});
afterAll(() => rm(directory, { recursive: true }));

async function csv(view: string, isRaw = false): Promise<Record<string, string>[]> {
  return parse(await buffer(await exportStream(pool, { view, format: 'csv', isRaw })), { columns: true });
}

async function arrow(view: string) {
  return tableFromIPC(await buffer(await exportStream(pool, { view, format: 'arrow' })));
}

test('writes durations in seconds, instants in UTC and null as an empty cell', async () => {
  const items = await csv('item');
  const second = items.find((row) => row['item_id'] === ids.second);
  expect(second).toMatchObject({
    created_at: '2026-03-09T08:00:00.000000Z',
    lead_seconds: '14400',
    team_handoffs: '1',
    outcome: 'done',
    age_seconds: '',
  });
  const open = items.find((row) => row['item_id'] === ids.open);
  expect(open).toMatchObject({ lead_seconds: '', ended_at: '', age_seconds: '86400', outcome: 'open' });
});

test('keeps a spreadsheet from running a cell as a formula', async () => {
  const [item] = await csv('item');
  expect(item?.['customer']).toBe(`'=cmd|' /C calc'!A0`);
  const teams = await csv('team');
  expect(teams.map((row) => row['team']).sort()).toEqual([`'+Field`, 'Desk']);
});

test('leaves cells as they are when asked for raw ones', async () => {
  const [item] = await csv('item', true);
  expect(item?.['customer']).toBe(`=cmd|' /C calc'!A0`);
});

test('gives no link that is not a web address', async () => {
  const items = await csv('item');
  expect(items.map((row) => row['url']).sort()).toEqual(['', `https://desk.example/${ids.first}`, `https://desk.example/${ids.second}`]);
});

test('names no person', async () => {
  for (const view of await listViews(pool)) {
    expect(String(await buffer(await exportStream(pool, { view: view.name, format: 'csv' })))).not.toContain('Lovelace');
  }
});

test('says how long an interval lasts up to the time of the data', async () => {
  const intervals = await csv('interval');
  expect(intervals.map((row) => [row['item_id'], row['seconds'], row['to_at']]).sort()).toEqual([
    [ids.first, '7200', '2026-03-09T10:00:00.000000Z'],
    [ids.second, '14400', '2026-03-09T12:00:00.000000Z'],
    [ids.open, '86400', ''],
  ]);
});

test('writes Arrow with typed columns: instants in UTC, 64 bit whole numbers, booleans, comments', async () => {
  const table = await arrow('promise');
  const types = Object.fromEntries(table.schema.fields.map((field) => [field.name, String(field.type)]));
  expect(types).toMatchObject({
    item_id: 'Utf8',
    due_at: 'Timestamp<MICROSECOND, UTC>',
    moved_seconds: 'Int64',
    is_last: 'Bool',
    n: 'Int32',
  });
  expect(table.schema.fields.find((field) => field.name === 'due_at')?.metadata.get('comment')).toBe('The date given.');
  const rows = table.toArray().map((row) => row.toJSON() as Record<string, unknown>);
  expect(rows.map((row) => [row['n'], row['moved_seconds'], row['is_last'], row['is_after_due']]).sort()).toEqual([
    [1, null, false, null],
    [2, 7200n, true, false],
  ]);
});

test('gives the same values as Arrow and as CSV, in every view', async () => {
  for (const { name, columns } of await listViews(pool)) {
    const rows = await csv(name, true);
    const table = await arrow(name);
    expect([name, table.numRows]).toEqual([name, rows.length]);
    for (const [index, { name: column, type }] of columns.entries()) {
      const vector = table.getChildAt(index);
      const seen = rows.map((_, row) => asCsv(vector?.get(row) as unknown, type)).sort();
      expect([name, column, seen]).toEqual([name, column, rows.map((row) => row[column] ?? '').sort()]);
    }
  }
});

function asCsv(value: unknown, type: string): string {
  if (value === null) return '';
  if (type === 'timestamp with time zone') return new Date(Number(value)).toISOString().replace('Z', '000Z');
  return String(value);
}

test('writes a view without rows as a head alone, and as Arrow with its columns', async () => {
  expect(await csv('turn')).toEqual([]);
  const table = await arrow('turn');
  expect([table.numRows, table.numCols]).toEqual([0, 9]);
});

test('counts as many rows as there are facts', async () => {
  const { rows } = await pool.query(`
    select
      (select count(*) from analytics.item) = (select count(*) from facts.item) as item,
      (select count(*) from analytics.interval) = (select count(*) from facts.interval) as interval,
      (select count(*) from analytics.promise) = (select count(*) from facts.promise) as promise,
      (select count(*) from analytics.handoff) = (select count(*) from facts.handoff) as handoff,
      (select count(*) from analytics.event) = (select count(*) from core.event) as event`);
  expect(rows).toEqual([{ item: true, interval: true, promise: true, handoff: true, event: true }]);
});

test('gives the file its name only when it is whole', async () => {
  const path = join(directory, 'items.csv');
  const { bytes } = await exportToFile(pool, { view: 'item', format: 'csv' }, path);
  expect((await readFile(path)).byteLength).toBe(bytes);
  expect(await readdir(directory)).toEqual(['items.csv']);
});

test('leaves no file behind when the export breaks off', async () => {
  await pool.query(`create view analytics.broken as select 1 / (n - n) as wrong from facts.promise`);
  const path = join(directory, 'broken.arrow');
  await expect(exportToFile(pool, { view: 'broken', format: 'arrow' }, path)).rejects.toThrow('division by zero');
  await expect(exportToFile(pool, { view: 'broken', format: 'csv' }, path)).rejects.toThrow('division by zero');
  await pool.query(`drop view analytics.broken`);
  expect(await readdir(directory)).toEqual(['items.csv']);
  expect(pool.waitingCount).toBe(0);
});

test('names the views it knows when asked for another', async () => {
  await expect(exportStream(pool, { view: 'items"; drop', format: 'csv' })).rejects.toThrow(
    /^Unknown view "items"; drop"; known: connection, customer, /,
  );
});

test('names the directory it cannot write to', async () => {
  await expect(exportToFile(pool, { view: 'item', format: 'csv' }, join(directory, 'none', 'x.csv'))).rejects.toThrow(
    /^Cannot write .*none\/x\.csv/,
  );
});

test('guesses the rows of a view that takes long to count only once its table is known', async () => {
  await pool.query('create table core.slow with (autovacuum_enabled = false) as select n from generate_series(1, 100) n');
  await pool.query('create view analytics.slow as select n from core.slow where pg_sleep(0.1) is not null');
  const before = await estimatedRows(pool, { name: 'slow' });
  await pool.query('analyze core.slow');
  const after = await estimatedRows(pool, { name: 'slow' });
  await pool.query('drop table core.slow cascade');
  expect([before, typeof after]).toEqual([null, 'number']);
});
