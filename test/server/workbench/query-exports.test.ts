import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { tableFromIPC } from 'apache-arrow';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownerOfTheMachine, type Principal } from '#server/access/principal.js';
import type { ExportsResponse, KeptQuery } from '#server/api.js';
import { findView } from '#server/exports/view-catalog.js';
import { QueryExports } from '#server/workbench/query-exports.js';
import { Workbench } from '#server/workbench/workbench.js';
import { testDatabase } from '../../support/database.js';
import { temporaryDirectory } from '../../support/temporary-directory.js';
import { testServer } from '../dashboards/test-server.js';
import { loadSmallCompany } from '../exports/small-company.js';
import { dropLogins, testKey } from './analysts.js';

const database = await testDatabase();
const { pool, url } = database;
await loadSmallCompany(pool);
afterAll(() => dropLogins(pool));
const directory = await temporaryDirectory('query-exports');
const server = await testServer(database);
let address = '';

beforeAll(async () => {
  address = await server.listen();
});

const formats = ['csv', 'xlsx', 'json', 'ndjson', 'arrow', 'parquet'] as const;

const kinds = `select whole, money::numeric(12, 2) as money, at, on_day, flag, ratio, words from (values
    (1::bigint + 9007199254740992, 12.50, timestamptz '2026-03-29 01:30:00.123456+02', date '2026-02-28', true, 0.1::float8, '=1+1'),
    (null, null, null, null, null, null, null)
  ) as kinds (whole, money, at, on_day, flag, ratio, words)`;

function ask(body: Record<string, unknown>, signal?: AbortSignal): Promise<Response> {
  return fetch(`${address}/api/exports/query`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  });
}

async function bytesOf(body: Record<string, unknown>): Promise<Buffer> {
  const answer = await ask(body);
  if (!answer.ok) throw new Error(await answer.text());
  return Buffer.from(await answer.arrayBuffer());
}

test('says how a query goes to a file: its name, its kind, and how many rows are likely', async () => {
  const answer = await ask({ sql: 'select generate_series(1, 70) as n', format: 'ndjson' });
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-disposition')]).toEqual([
    200,
    'application/x-ndjson; charset=utf-8',
    'attachment; filename="throughline-query.ndjson"',
  ]);
  expect(answer.headers.get('throughline-estimated-rows')).toBe('70');
  expect((await answer.text()).trimEnd().split('\n')).toHaveLength(70);
});

test('keeps types and values in Arrow', async () => {
  const table = tableFromIPC(await bytesOf({ sql: kinds, format: 'arrow' }));
  expect(table.schema.fields.map((field) => `${field.name} ${String(field.type)}`)).toEqual([
    'whole Int64',
    'money Decimal[12e+2]',
    'at Timestamp<MICROSECOND, UTC>',
    'on_day Date32<DAY>',
    'flag Bool',
    'ratio Float64',
    'words Utf8',
  ]);
  expect([table.getChild('whole')?.get(0), table.getChild('ratio')?.get(0), table.getChild('words')?.get(0)]).toEqual([
    9007199254740993n,
    0.1,
    '=1+1',
  ]);
  expect(table.toArray()[1]?.toArray()).toEqual([null, null, null, null, null, null, null]);
});

test('writes a decimal of no fixed number of digits with all it has: a number where there is one, text in typed files', async () => {
  const sql = `select 12345678901234567890.123456789 as exact, round(2.5::numeric, 2) as round, 'NaN'::numeric as none`;
  expect(String(await bytesOf({ sql, format: 'ndjson' }))).toBe('{"exact":12345678901234567890.123456789,"round":2.50,"none":"NaN"}\n');
  expect(String(await bytesOf({ sql, format: 'csv' }))).toBe('exact,round,none\n12345678901234567890.123456789,2.50,NaN\n');
  expect(
    tableFromIPC(await bytesOf({ sql, format: 'arrow' }))
      .toArray()[0]
      ?.toArray(),
  ).toEqual(['12345678901234567890.123456789', '2.50', 'NaN']);
});

test('takes decimals of more digits than typed files keep for numbers in text files, and text in typed ones', async () => {
  const sql = `select (-2.5)::numeric(50, 2) as long, 0.00123::numeric(3, 5) as fine, (-1200)::numeric(3, -2) as coarse`;
  expect(String(await bytesOf({ sql, format: 'csv' }))).toBe('long,fine,coarse\n-2.50,0.00123,-1200\n');
  expect(String(await bytesOf({ sql, format: 'ndjson' }))).toBe('{"long":-2.50,"fine":0.00123,"coarse":-1200}\n');
  const path = join(directory, 'digits.parquet');
  await writeFile(path, await bytesOf({ sql, format: 'parquet' }));
  const connection = await (await DuckDBInstance.create()).connect();
  const rows = await connection.runAndReadAll(`select * from read_parquet('${path}')`);
  connection.closeSync();
  expect(rows.getRows()).toEqual([['-2.50', '0.00123', '-1200']]);
});

test('a NaN among decimals stays one where the file has a place for it', async () => {
  expect(String(await bytesOf({ sql: `select 'NaN'::numeric(5, 2) as share`, format: 'ndjson' }))).toBe('{"share":"NaN"}\n');
});

test('gives DuckDB the same values by Parquet', async () => {
  const path = join(directory, 'kinds.parquet');
  await writeFile(path, await bytesOf({ sql: kinds, format: 'parquet' }));
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run(`set timezone = 'UTC'`);
  const rows = await connection.runAndReadAll(
    `select typeof(money), whole::text, money::text, "at"::text, on_day::text, flag, ratio, words
    from read_parquet('${path}') where whole is not null`,
  );
  connection.closeSync();
  expect(rows.getRows()).toEqual([
    ['DECIMAL(12,2)', '9007199254740993', '12.50', '2026-03-28 23:30:00.123456+00', '2026-02-28', true, 0.1, '=1+1'],
  ]);
});

test('writes the CSV that Postgres writes of a view, and keeps a spreadsheet from running a cell', async () => {
  const rows = parse(await bytesOf({ sql: kinds, format: 'csv' }));
  expect(rows).toEqual([
    ['whole', 'money', 'at', 'on_day', 'flag', 'ratio', 'words'],
    ['9007199254740993', '12.50', '2026-03-28T23:30:00.123456Z', '2026-02-28', 'true', '0.1', `'=1+1`],
    ['', '', '', '', '', '', ''],
  ]);
  expect(parse(await bytesOf({ sql: kinds, format: 'csv', raw: true }))[1]?.at(-1)).toBe('=1+1');
  expect(String(await bytesOf({ sql: 'select 1 as "=cmd()"', format: 'csv' }))).toBe(`'=cmd()\n1\n`);
  const [view, query] = [
    await (await fetch(`${address}/api/exports/item`)).text(),
    String(await bytesOf({ sql: 'select * from analytics.item', format: 'csv' })),
  ];
  expect(query.split('\n').sort()).toEqual(view.split('\n').sort());
});

test.each(formats)('writes an answer without rows as %s', async (format) => {
  const bytes = await bytesOf({ sql: 'select 1 as n, now() as at where false', format });
  if (format === 'arrow') expect(tableFromIPC(bytes).schema.fields.map(({ name }) => name)).toEqual(['n', 'at']);
  if (format === 'csv') expect(String(bytes)).toBe('n,at\n');
  if (format === 'json') expect(String(bytes)).toBe('[]\n');
  expect(bytes.length > 0).toBe(format !== 'ndjson');
});

/** The 50,000th row cannot be computed: long after the first bytes have left. */
const breaks = `select n, repeat('x', 200) as words, 1 / (50000 - n) as wrong from generate_series(1, 60000) n`;

test.each(formats)('ends no half %s like a whole one', async (format) => {
  const isWhole = await ask({ sql: breaks, format }).then((answer) =>
    answer.arrayBuffer().then(
      () => answer.ok,
      () => false,
    ),
  );
  expect(isWhole).toBe(false);
});

const run = promisify(execFile);
const hasCurl = await run('curl', ['--version']).then(
  () => true,
  () => false,
);

test.skipIf(!hasCurl)('tells curl of a file that broke off (skipped where there is no curl)', async () => {
  const asked = ['-sS', '-o', join(directory, 'half.csv'), '-H', 'content-type: application/json', '-d'];
  const failed = run('curl', [...asked, JSON.stringify({ sql: breaks, format: 'csv' }), `${address}/api/exports/query`]);
  // 18: a part of the file was transferred; 56: receiving failed.
  await expect(failed).rejects.toMatchObject({ code: expect.toSatisfy((code: unknown) => code === 18 || code === 56) as number });
});

test.each([
  [{ sql: 'select nothing from analytics.item' }, 400, /column "nothing" does not exist \(SQLSTATE 42703, character 8\)/],
  [{ sql: 'update core.item set title = null' }, 400, /SQLSTATE/],
  [{ sql: 'select title from core.item' }, 400, /permission denied for schema core \(SQLSTATE 42501/],
  [{}, 400, /Give sql or savedQuery/],
  [{ sql: 'select 1', parameters: { a: '1' } }, 400, /parameters are of a savedQuery/],
  [{ savedQuery: '00000000-0000-4000-8000-000000000000' }, 404, /There is no query/],
])('refuses %j', async (body, status, message) => {
  const answer = await ask({ format: 'csv', ...body });
  expect(answer.status).toBe(status);
  expect(((await answer.json()) as { message: string }).message).toMatch(message);
});

test('takes values as they are, bound, of a text and of a kept query by name', async () => {
  const sql = 'select $1::text as word, $2::int as n';
  const values = [
    { type: 'text', value: `'; drop table x; --` },
    { type: 'integer', value: '7' },
  ];
  expect(String(await bytesOf({ sql, values, format: 'ndjson' }))).toBe(`{"word":"'; drop table x; --","n":7}\n`);
  const { body: kept } = await server.post<KeptQuery>('/api/workbench/queries', {
    title: 'Two',
    text: sql,
    parameters: [
      { name: 'word', type: 'text', default: 'usual' },
      { name: 'n', type: 'integer', default: '1' },
    ],
  });
  expect(String(await bytesOf({ savedQuery: kept.id, parameters: { n: '9' }, format: 'ndjson' }))).toBe('{"word":"usual","n":9}\n');
  const unknown = await ask({ savedQuery: kept.id, parameters: { m: '9' }, format: 'ndjson' });
  expect([unknown.status, ((await unknown.json()) as { message: string }).message]).toEqual([
    400,
    '"Two" has no parameter "m"; known: word, n.',
  ]);
});

test('notes who took how much, and never the text', async () => {
  await bytesOf({ sql: `select 'secret words' as words from analytics.team`, format: 'json' });
  await expect
    .poll(async () => {
      const { rows } = await pool.query<{ outcome: string; detail: Record<string, unknown> }>(
        `select outcome, detail from app.audit where action = 'export' order by id desc limit 1`,
      );
      return rows[0];
    })
    .toMatchObject({ outcome: 'done', detail: { kind: 'query', relations: 'analytics.team', rows: 2, format: 'json', raw: false } });
  const { rows } = await pool.query<{ all: string }>('select string_agg(audit::text, $1) as all from app.audit', ['\n']);
  expect(rows[0]?.all).not.toContain('secret words');
});

test('gives whoever sees a part of the items that part, of views and of queries, and no weeks of everything', async () => {
  const workbench = new Workbench({ pool, databaseUrl: url, key: async () => testKey, isAllowedBelowFloor: true });
  const queries = new QueryExports(pool, workbench);
  const asker: Principal = { ...ownerOfTheMachine, role: 'lead', scope: { team: ['+Field'] } };
  const how = { asker, address: null, format: 'csv', isRaw: false } as const;
  const items = parse<Record<string, string>>(await text(await queries.view(await findView(pool, 'item'), how)), { columns: true });
  expect(items.map((item) => item['external_id'])).toEqual(['INC-1']);
  await pool.query(`
    insert into facts.metric_week_state (fact_version, zone, definitions, counted_at) values (1, 'UTC', 'now', now());
    insert into facts.metric_week (metric, dimension, segment, week, value_name, value, unit, n) values
      ('lead-time', 'all', null, '2026-03-02', 'p50', 1, 's', 3), ('lead-time', 'team', 'Desk', '2026-03-02', 'p50', 2, 's', 2),
      ('lead-time', 'team', '+Field', '2026-03-02', 'p50', 3, 's', 1)`);
  expect(await text(await queries.view(await findView(pool, 'metric_week'), { ...how, format: 'ndjson' }))).toMatch(
    /^\{"metric":"lead-time","week":"2026-03-02","dimension":"team","segment":"\+Field",[^\n]*\}\n$/,
  );
  const everybody = { ...how, asker: { ...asker, role: 'analyst', scope: null }, format: 'ndjson' } as const;
  expect((await text(await queries.query({ text: 'select * from metric_week', parameters: [] }, everybody))).match(/\n/g)).toHaveLength(3);
});

test('lists the views with how many rows are likely', async () => {
  const list = async () => (await server.json<ExportsResponse>('/api/exports')).views;
  expect((await list()).map(({ name }) => name)).toEqual(expect.arrayContaining(['item', 'metric', 'metric_week', 'team']));
  // What takes a busy machine long to count is not known while its tables are new.
  await expect.poll(async () => (await list()).every(({ estimatedRows }) => estimatedRows !== null)).toBe(true);
});

/** Its logins have other passwords than those of the server above. */
describe('another server of the database', () => {
  const queries = new QueryExports(pool, new Workbench({ pool, databaseUrl: url, key: async () => testKey, isAllowedBelowFloor: true }));

  test.each([
    ['arrow', `select 'NaN'::numeric(5, 2) as share`, /A decimal is NaN, which none of Arrow and Parquet can be/],
    ['parquet', `select 'NaN'::numeric(5, 2) as share`, /A decimal is NaN/],
    ['csv', `select timestamptz '290000-01-01' as at`, /Column "at" holds an instant that never comes or is too late/],
    ['json', `select date '300000-01-01' as day`, /Column "day" holds a day that never comes or is too late/],
    ['parquet', 'select from analytics.item', /The query has no columns/],
  ] as const)('says why there is no %s of %s', async (format, sql, reason) => {
    const taken = { asker: ownerOfTheMachine, address: null, format, isRaw: false };
    await expect(queries.query({ text: sql, parameters: [] }, taken).then(buffer)).rejects.toThrow(reason);
    await queries.settled();
  });
});
