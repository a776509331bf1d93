import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Json } from '#etl/connector.js';
import { addConnection } from '#etl/connections.js';
import { listQuarantine } from '#etl/quarantine.js';
import { syncConnection } from '#etl/sync.js';
import { testDatabase } from '../../../support/database.js';
import { temporaryDirectory } from '../../../support/temporary-directory.js';
import { emptyModel } from '../../core-hash.js';

const { pool } = await testDatabase();
const directory = await temporaryDirectory('csv');
const file = join(directory, 'log.csv');

beforeEach(() => emptyModel(pool));

const mapping = {
  rows: 'events',
  times: { format: 'd/M/yyyy HH:mm', zone: 'Europe/Berlin' },
  item: { id: 'item', type: { value: 'task' } },
  event: { at: 'at', status: 'status' },
};
const header = 'item,at,status\n';

async function load(content: string | Buffer, config: Json = mapping) {
  await writeFile(file, content);
  await addConnection(pool, { name: 'log', connector: 'csv', config: { file, mapping: config } });
  return syncConnection(pool, 'log');
}

async function items(): Promise<unknown> {
  return (await pool.query('select external_id from core.item order by 1')).rows.map((row: { external_id: string }) => row.external_id);
}

describe('a bad row is quarantined with line, reason and text, and the rest is loaded', () => {
  test.each([
    ['a broken quote', 'i2,"1/1/2026 10:00"x,open\n', 'broken_quote', 'i2,"1/1/2026 10:00"x,open'],
    ['a quote never closed', 'i2,"1/1/2026 10:00,open\n', 'broken_quote', 'i2,"1/1/2026 10:00,open'],
    ['a cell too few', 'i2,1/1/2026 10:00\n', 'wrong_cell_count', 'i2,1/1/2026 10:00'],
    ['a date that does not parse', 'i2,31/2/2026 10:00,open\n', 'bad_time', '"31/2/2026 10:00"'],
    ['a year out of range', 'i2,1/1/9999 10:00,open\n', 'date_out_of_range', '"1/1/9999 10:00"'],
    ['a NUL byte', 'i2,1/1/2026 10:00,op\0en\n', 'nul_or_broken_unicode', 'op\\u0000en'],
    ['no item id', ',1/1/2026 10:00,open\n', 'no_item_id', '1/1/2026 10:00'],
    ['invalid UTF-8', Buffer.from([0x69, 0x32, 0x2c, 0xff, 0x2c, 0x0a]), 'not_utf8', 'i2,'],
  ])('%s', async (_name, bad, code, raw) => {
    const outcome = await load(
      Buffer.concat([Buffer.from(`${header}i1,1/1/2026 09:00,open\n`), Buffer.from(bad), Buffer.from('i3,1/1/2026 11:00,open\n')]),
    );
    expect(outcome).toMatchObject({ state: 'complete', fetched: 3, inserted: 2, quarantined: 1 });
    expect(await items()).toEqual(['i1', 'i3']);
    const [entry, ...others] = await listQuarantine(pool, { connection: 'log' });
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ code, position: 'log.csv line 3' });
    expect(entry?.raw).toContain(raw);
  });

  test('a cell of 50 MB, without keeping it', async () => {
    const outcome = await load(`${header}i1,1/1/2026 09:00,open\ni2,1/1/2026 10:00,${'x'.repeat(50 * 2 ** 20)}\ni3,1/1/2026 11:00,open\n`);
    expect(outcome).toMatchObject({ state: 'complete', inserted: 2, quarantined: 1 });
    const [entry] = await listQuarantine(pool);
    expect(entry).toMatchObject({ code: 'line_too_long', position: 'log.csv line 3' });
    expect(entry?.raw.length).toBe(64 * 1024);
  });

  test('a date that does not parse says column, value and what was expected', async () => {
    await load(`${header}i1,1/1/2026 09:00,open\ni2,2026-01-01,open\n`);
    const [entry] = await listQuarantine(pool);
    expect(entry?.reason).toBe('Column "at" (event.at) is "2026-01-01"; expected d/M/yyyy HH:mm.');
  });

  test('an id used by two different rows', async () => {
    const list = { rows: 'items', item: { id: 'item', type: { value: 'task' }, created: { column: 'at', format: 'd/M/yyyy HH:mm' } } };
    const outcome = await load(`${header}i1,1/1/2026 09:00,open\ni1,1/1/2026 10:00,open\ni1,1/1/2026 09:00,open\n`, list);
    expect(outcome).toMatchObject({ inserted: 1, duplicate: 1, quarantined: 1 });
  });
});

describe('a file that cannot be used gives one clear error', () => {
  test.each([
    ['an empty file', '', 'log.csv is empty; export it again.'],
    ['a header without rows', header, 'log.csv has a header but no rows; export it again.'],
    [
      'a missing column',
      'item,at,state\ni1,1/1/2026 09:00,open\n',
      'log.csv has no column "status", which the mapping names as event.status; did you mean "state"? Its columns: item, at, state.',
    ],
    ['a wrong delimiter', 'item;at;status\ni1;1/1/2026 09:00;open\n', 'The file has one column only: is the delimiter "," right?'],
    ['a column named twice', 'item,at,status,at\ni1,1,2,3\n', 'log.csv names the column "at" twice (columns 2 and 4); rename one of them.'],
    ['UTF-16', Buffer.from(`\ufeff${header}`, 'utf16le'), 'log.csv is UTF-16; save it as UTF-8.'],
    ['a spreadsheet', Buffer.from([0x50, 0x4b, 3, 4]), 'log.csv is a ZIP archive or a spreadsheet'],
  ])('%s', async (_name, content, message) => {
    await expect(load(content)).rejects.toThrow(message);
    expect(await items()).toEqual([]);
  });

  test('a missing file', async () => {
    await addConnection(pool, { name: 'gone', connector: 'csv', config: { file: join(directory, 'gone.csv'), mapping } });
    await expect(syncConnection(pool, 'gone')).rejects.toThrow('gone.csv cannot be read; check the path and its permissions.');
  });

  test('a wrong format of all times', async () => {
    const rows = Array.from({ length: 200 }, (_, n) => `i${n},2026-01-01 09:00,open\n`).join('');
    await expect(load(header + rows)).rejects.toThrow(
      '200 of the first 200 records fail alike, so nothing was loaded. log.csv line 2: Column "at" (event.at) is "2026-01-01 09:00"; expected d/M/yyyy HH:mm.',
    );
    expect(await listQuarantine(pool)).toEqual([]);
  });

  test('a bomb that expands a thousand times', async () => {
    await expect(load(gzipSync(`${header}i1,1/1/2026 09:00,${'x'.repeat(40 * 2 ** 20)}\n`))).rejects.toThrow('expands more than 100 times');
  });
});

test('a truncated gzip keeps what came before, does not move the time of the data, and is read anew when whole', async () => {
  const rows = Array.from(
    { length: 12_000 },
    (_, n) => `i${n},${1 + (n % 28)}/1/2026 ${10 + (n % 9)}:${10 + (n % 49)},status ${(n * 7919) % 10_007}\n`,
  );
  const whole = gzipSync(header + rows.join(''));
  await expect(load(whole.subarray(0, Math.floor(whole.length * 0.7)))).rejects.toThrow(
    'log.csv is cut off: the gzip file ends too early. Copy or export it again.',
  );
  const loaded = (await items()) as string[];
  expect(loaded.length).toBeGreaterThan(5_000);
  expect((await pool.query('select state from ingest.sync_run')).rows).toEqual([{ state: 'incomplete' }]);
  expect((await pool.query('select as_of_at from ingest.connection')).rows).toEqual([{ as_of_at: null }]);
  expect(await load(whole)).toMatchObject({ state: 'complete', unchanged: loaded.length, inserted: 12_000 - loaded.length });
});

test('an import stopped in the middle keeps its pages and goes on from there', async () => {
  const rows = Array.from({ length: 40_000 }, (_, n) => `i${n},1/1/2026 09:00,open\n`);
  await writeFile(file, header + rows.join(''));
  await addConnection(pool, { name: 'log', connector: 'csv', config: { file, mapping } });
  const stop = new AbortController();
  const stopped = await syncConnection(pool, 'log', { signal: stop.signal, onProgress: () => stop.abort() });
  expect(stopped).toMatchObject({ state: 'incomplete', fetched: 5_000, asOf: null });
  expect(await syncConnection(pool, 'log')).toMatchObject({ state: 'complete', fetched: 35_000, inserted: 35_000 });
});

test('a byte order mark is no part of the first column', async () => {
  expect(await load(`\ufeff${header}i1,1/1/2026 09:00,open\n`)).toMatchObject({ inserted: 1 });
});

test('another encoding is read where the mapping names it', async () => {
  await load(Buffer.from(`${header}i1,1/1/2026 09:00,ge\xf6ffnet\n`, 'latin1'), { ...mapping, file: { encoding: 'windows-1252' } });
  expect((await pool.query('select name from core.status')).rows).toEqual([{ name: 'geöffnet' }]);
});
