import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { DuckDBInstance } from '@duckdb/node-api';
import { tableFromIPC } from 'apache-arrow';
import { strFromU8, unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportStream } from '#server/exports/export-view.js';
import { xlsxBytes } from '#server/exports/xlsx.js';
import { testDatabase } from '../../support/database.js';

const { pool } = await testDatabase();
let directory = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'throughline-formats-'));
  await pool.query(`
    create view analytics.kinds as
    select n, whole, float, flag, at, on_day, money::numeric(12, 2) as money, words from (values
      (1, 9007199254740993::bigint, 0.1::double precision, true, timestamptz '2026-03-29 01:30:00.123456+02', date '2026-02-28', 12.50, '=cmd|'' /C calc''!A0'),
      (2, -9223372036854775808, 'NaN', false, timestamptz '1899-12-31 23:59:59.999999Z', date '1969-12-31', -0.05, E'two\\nlines, "quoted" <b>&\\u0001'),
      (3, null, null, null, null, null, null, null),
      (4, 0, -1e300, true, timestamptz 'epoch', date '2100-01-01', 99999.99, 'İstanbul ՝ ی')
    ) as kinds (n, whole, float, flag, at, on_day, money, words) order by n;
    comment on view analytics.kinds is 'One of each.';
    comment on column analytics.kinds.money is 'Euro.'`);
});
afterAll(() => rm(directory, { recursive: true }));

const exported = (format: 'json' | 'ndjson' | 'arrow' | 'parquet' | 'xlsx') => exportStream(pool, { view: 'kinds', format });

test('writes JSON with every digit, ISO instants and null', async () => {
  const written = await text(await exported('ndjson'));
  expect(written.split('\n')).toEqual([
    `{"n":1,"whole":9007199254740993,"float":0.1,"flag":true,"at":"2026-03-28T23:30:00.123456Z","on_day":"2026-02-28","money":12.50,"words":"=cmd|' /C calc'!A0"}`,
    `{"n":2,"whole":-9223372036854775808,"float":"NaN","flag":false,"at":"1899-12-31T23:59:59.999999Z","on_day":"1969-12-31","money":-0.05,"words":"two\\nlines, \\"quoted\\" <b>&\\u0001"}`,
    '{"n":3,"whole":null,"float":null,"flag":null,"at":null,"on_day":null,"money":null,"words":null}',
    '{"n":4,"whole":0,"float":-1e+300,"flag":true,"at":"1970-01-01T00:00:00.000000Z","on_day":"2100-01-01","money":99999.99,"words":"İstanbul ՝ ی"}',
    '',
  ]);
  expect(await text(await exported('json'))).toBe(`[\n${written.trimEnd().replaceAll('}\n', '},\n')}\n]\n`);
});

test('writes Parquet that DuckDB reads with the same types and values', async () => {
  const path = join(directory, 'kinds.parquet');
  await writeFile(path, await buffer(await exported('parquet')));
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run(`set timezone = 'UTC'`);
  const rows = await connection.runAndReadAll(`select * from read_parquet('${path}') order by n`);
  expect(rows.columnTypes().map(String)).toEqual([
    'INTEGER',
    'BIGINT',
    'DOUBLE',
    'BOOLEAN',
    'TIMESTAMP WITH TIME ZONE',
    'DATE',
    'DECIMAL(12,2)',
    'VARCHAR',
  ]);
  const asText = await connection.runAndReadAll(
    `select n, whole::varchar, float::varchar, flag, epoch_us("at"), on_day::varchar, money::varchar, words from read_parquet('${path}') order by n`,
  );
  expect(asText.getRows()).toEqual([
    [1, '9007199254740993', '0.1', true, 1774740600123456n, '2026-02-28', '12.50', `=cmd|' /C calc'!A0`],
    [2, '-9223372036854775808', 'nan', false, -2208988800000001n, '1969-12-31', '-0.05', 'two\nlines, "quoted" <b>&\u0001'],
    [3, null, null, null, null, null, null, null],
    [4, '0', '-1e+300', true, 0n, '2100-01-01', '99999.99', 'İstanbul ՝ ی'],
  ]);
  const about = await connection.runAndReadAll(
    `select key, value from parquet_kv_metadata('${path}') where value in ('Euro.', 'One of each.')`,
  );
  expect(about.getRows()).toHaveLength(2);
  connection.closeSync();
});

test('writes Arrow with decimals, days and instants of before 1970', async () => {
  const table = tableFromIPC(await buffer(await exported('arrow')));
  expect(table.schema.fields.map(({ type }) => String(type))).toEqual([
    'Int32',
    'Int64',
    'Float64',
    'Bool',
    'Timestamp<MICROSECOND, UTC>',
    'Date32<DAY>',
    'Decimal[12e+2]',
    'Utf8',
  ]);
  const column = (name: string) => [...(table.getChild(name) ?? [])] as unknown[];
  expect(column('whole')).toEqual([9007199254740993n, -9223372036854775808n, null, 0n]);
  expect(column('float')).toEqual([0.1, NaN, null, -1e300]);
  expect(column('flag')).toEqual([true, false, null, true]);
  expect(column('on_day').map((day) => (day === null ? null : new Date(Number(day)).toISOString().slice(0, 10)))).toEqual([
    '2026-02-28',
    '1969-12-31',
    null,
    '2100-01-01',
  ]);
  expect(column('money').map((money) => (money === null ? null : BigInt.asIntN(64, BigInt(String(money)))))).toEqual([
    1250n,
    -5n,
    null,
    9999999n,
  ]);
  expect(column('words')).toEqual([`=cmd|' /C calc'!A0`, 'two\nlines, "quoted" <b>&\u0001', null, 'İstanbul ՝ ی']);
});

/** Cells of the sheet as `[type, text]`, row by row. */
function sheetOf(bytes: Buffer): [string, string][][] {
  const files = unzipSync(bytes);
  for (const [name, part] of Object.entries(files)) new SaxesParser({ xmlns: true, fileName: name }).write(strFromU8(part)).close();
  const rows: [string, string][][] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'row') rows.push([]);
    if (name === 'c') rows.at(-1)?.push([attributes['t'] ?? `n${attributes['s'] ?? ''}`, '']);
  });
  parser.on('text', (found) => {
    const cell = rows.at(-1)?.at(-1);
    if (cell) cell[1] += found;
  });
  parser.write(strFromU8(files['xl/worksheets/sheet1.xml'] ?? new Uint8Array())).close();
  return rows;
}

test('writes a spreadsheet whose texts stay texts, whose instants are its own, and that rounds no number', async () => {
  const [head, ...rows] = sheetOf(await buffer(await exported('xlsx')));
  expect(head?.map(([, words]) => words)).toEqual(['n', 'whole', 'float', 'flag', 'at', 'on_day', 'money', 'words']);
  expect(rows).toEqual([
    [
      ['n', '1'],
      ['inlineStr', '9007199254740993'],
      ['n', '0.1'],
      ['b', '1'],
      // 46,109 days after 30 December 1899 is 28 March 2026; 23:30:00.123456 of a day is 0.979168096.
      ['n1', '46109.9791680956'],
      ['n2', '46081'],
      ['n', '12.50'],
      ['inlineStr', `=cmd|' /C calc'!A0`],
    ],
    [
      ['n', '2'],
      ['inlineStr', '-9223372036854775808'],
      ['inlineStr', 'NaN'],
      ['b', '0'],
      ['inlineStr', '1899-12-31T23:59:59.999999Z'],
      ['n2', '25568'],
      ['n', '-0.05'],
      ['inlineStr', 'two\nlines, "quoted" <b>&\uFFFD'],
    ],
    [['n', '3'], ...Array.from({ length: 7 }, () => ['n', ''])],
    [
      ['n', '4'],
      ['n', '0'],
      ['n', '-1e+300'],
      ['b', '1'],
      ['n1', '25569.0000000000'],
      ['n2', '73051'],
      ['n', '99999.99'],
      ['inlineStr', 'İstanbul ՝ ی'],
    ],
  ]);
});

test('refuses more rows than a sheet has', async () => {
  const column = { name: 'n', type: 'integer', comment: '', kind: 'int32', digits: null, select: 'n' } as const;
  async function* batches() {
    const values = { present: new Uint8Array(1_024).fill(255), nullCount: 0, numbers: new Int32Array(8_192).fill(1) };
    const batch = { length: 8_192, columns: [{ ...values, offsets: new Int32Array(), bytes: Buffer.alloc(0) }] };
    for (let i = 0; i < 128; i += 1) yield Promise.resolve(batch);
  }
  const written = (async () => {
    for await (const chunk of xlsxBytes({}, [column], batches())) expect(chunk).toBeDefined();
  })();
  await expect(written).rejects.toThrow('There are more rows than the 1048576 a spreadsheet has; take CSV, Parquet or Arrow.');
});

test.each(['json', 'ndjson', 'arrow', 'parquet', 'xlsx'] as const)('writes a view without rows as %s', async (format) => {
  const bytes = await buffer(await exportStream(pool, { view: 'turn', format }));
  if (format === 'json') expect(String(bytes)).toBe('[]\n');
  if (format === 'ndjson') expect(String(bytes)).toBe('');
  if (format === 'arrow') expect(tableFromIPC(bytes).numRows).toBe(0);
  if (format === 'xlsx') expect(sheetOf(bytes)).toHaveLength(1);
  if (format !== 'parquet') return;
  const path = join(directory, 'turn.parquet');
  await writeFile(path, bytes);
  const connection = await (await DuckDBInstance.create()).connect();
  expect((await connection.runAndReadAll(`select count(*)::int from read_parquet('${path}')`)).getRows()).toEqual([[0]]);
  connection.closeSync();
});

test('writes Parquet of many pages and groups that says of each group what is least and greatest in it', async () => {
  // 150,000 rows are a group of 131,072 and one of 18,928; every third text, and every number up to 10,000, is missing.
  await pool.query(`create view analytics.many as
    select n, case when n > 10000 then n::bigint * 5000000000 end as wide, case when n % 3 > 0 then 'row ' || lpad(n::text, 6, '0') end as words,
      n % 2 = 0 as flag, ((n - 100000)::numeric / 4)::numeric(20, 2) as quarter,
      case when n <> 140000 then -n::float8 else 'NaN' end as float, null::date as never
    from generate_series(1, 150000) n`);
  const path = join(directory, 'many.parquet');
  await writeFile(path, await buffer(await exportStream(pool, { view: 'many', format: 'parquet' })));
  const connection = await (await DuckDBInstance.create()).connect();
  const read = async (query: string) => (await connection.runAndReadAll(query)).getRows();
  expect(
    await read(`select count(*)::int, sum(n)::bigint, count(wide)::int, max(wide), count(words)::int, max(words), count(*) filter (where flag)::int,
      sum(quarter)::varchar, sum(float) filter (where not isnan(float)), count(never)::int from read_parquet('${path}')`),
  ).toEqual([
    // 150,000 × 150,001 / 2; quarters of that less 100,000 each; the floating ones without 140,000.
    [150_000, 11_250_075_000n, 140_000, 750_000_000_000_000n, 100_000, 'row 149999', 75_000, '-937481250.00', -11_249_935_000, 0],
  ]);
  expect(await read(`select n, wide, words from read_parquet('${path}') where n in (10000, 10001, 131073)`)).toEqual([
    [10_000, null, 'row 010000'],
    [10_001, 50_005_000_000_000n, 'row 010001'],
    [131_073, 655_365_000_000_000n, null],
  ]);
  expect(
    await read(`select path_in_schema, stats_min_value, stats_max_value, stats_null_count from parquet_metadata('${path}')
      where row_group_id = 1 and path_in_schema in ('wide', 'words', 'quarter', 'float', 'never') order by 1`),
  ).toEqual([
    ['float', '-150000.0', '-131073.0', 0n],
    ['never', null, null, 18_928n],
    ['quarter', '7768.25', '12500.00', 0n],
    ['wide', '655365000000000', '750000000000000', 0n],
    ['words', 'row 131074', 'row 149999', 6_310n],
  ]);
  connection.closeSync();
});

test('a batch of a spreadsheet leaves turns to others while it is packed', async () => {
  const length = 8_192;
  const present = new Uint8Array(length / 8).fill(255);
  const values = { present, nullCount: 0, numbers: new Int32Array(length), offsets: new Int32Array(0), bytes: Buffer.alloc(0) };
  let turns = 0;
  const turn = (): void => {
    turns += 1;
    waiting = setImmediate(turn);
  };
  let waiting = setImmediate(turn);
  async function* batches() {
    turns = 0;
    yield Promise.resolve({ length, columns: [values] });
  }
  const chunks: Buffer[] = [];
  for await (const chunk of xlsxBytes({}, [{ name: 'n', kind: 'int32', comment: '', digits: null }], batches())) chunks.push(chunk);
  clearImmediate(waiting);
  expect(turns).toBeGreaterThan(10);
  const sheet = strFromU8(unzipSync(Buffer.concat(chunks))['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
  // The head, then one each.
  expect([...sheet.matchAll(/<row r="(\d+)"/g)].map(([, row]) => Number(row))).toEqual(Array.from({ length: 8_193 }, (_, at) => at + 1));
});
