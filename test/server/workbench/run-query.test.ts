import { expect, test } from 'vitest';
import { textOf } from '#server/exports/column-batch.js';
import type { QueryRequest } from '#server/workbench/child-job.js';
import { QueryFailure } from '#server/workbench/query-failure.js';
import { pageLimits, type RunLimits } from '#server/workbench/run-limits.js';
import { explainQuery, pageBatchRows, runQuery } from '#server/workbench/run-query.js';
import { testDatabase } from '../../support/database.js';
import { loadSmallCompany } from '../exports/small-company.js';
import { analysts } from './analysts.js';

const database = await testDatabase();
await loadSmallCompany(database.pool);
const [login] = await analysts(database);
if (!login) throw new Error('There is no login.');
const analyst = login;

const query = (text: string, parameters: QueryRequest['parameters'] = []): QueryRequest => ({ text, parameters });

async function take(request: QueryRequest, limits: Partial<RunLimits> = {}, signal?: AbortSignal) {
  const run = await runQuery(analyst, request, { limits: { ...pageLimits, ...limits }, rowsAtOnce: pageBatchRows, signal });
  const batches = [];
  for await (const batch of run.batches) batches.push(batch);
  return { columns: run.columns, batches, end: run.end() };
}

async function failure(request: QueryRequest, limits: Partial<RunLimits> = {}, signal?: AbortSignal) {
  const error = await take(request, limits, signal).catch((thrown: unknown) => thrown);
  if (!(error instanceof QueryFailure)) throw new Error(`It did not fail as a query: ${String(error)}`);
  return error.told;
}

/** Backends of the analyst that still do something. */
async function busy(): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity where usename = $1 and state <> 'idle'`,
    [new URL(analyst.address).username],
  );
  return rows[0]?.count ?? -1;
}

test('gives columns with their types and the values of each kind', async () => {
  const { columns, batches, end } = await take(
    query(`select 7 as small_number, 9007199254740993 as large, 1.50::numeric(6, 2) as price, 2.5::float8 as ratio, 0.1::real as short,
      3::smallint as tiny, true as yes, date '2026-03-01' as day, timestamptz '2026-03-01 10:00+02' as at, 'ş'::text as letter,
      null::int as none, interval '2 hours' as long_for`),
  );
  expect(columns.map(({ name, type, kind }) => [name, type, kind])).toEqual([
    ['small_number', 'integer', 'int32'],
    ['large', 'bigint', 'int64'],
    ['price', 'numeric(6,2)', 'decimal'],
    ['ratio', 'double precision', 'float64'],
    ['short', 'real', 'float64'],
    ['tiny', 'smallint', 'int32'],
    ['yes', 'boolean', 'boolean'],
    ['day', 'date', 'date'],
    ['at', 'timestamp with time zone', 'instant'],
    ['letter', 'text', 'text'],
    ['none', 'integer', 'int32'],
    ['long_for', 'interval', 'text'],
  ]);
  const [batch] = batches;
  const values = batch?.columns.map((column) => (column.numbers === null ? textOf(column, 0) : column.numbers[0]));
  // 2026-03-01 is day 20,513 since 1970; 08:00 UTC of it is 1772352000 s.
  expect(values).toEqual([7, 9_007_199_254_740_993n, '1.50', 2.5, 0.1, 3, 1, 20_513, 1_772_352_000_000_000n, 'ş', 0, '02:00:00']);
  expect(batch?.columns[10]?.nullCount).toBe(1);
  expect(end).toMatchObject({ rows: 1, cutAt: null });
});

test('binds parameters, so that their text is never SQL', async () => {
  const { batches } = await take(
    query('select $1 as word, $2 + 1 as number, $3 as day, $4 as nothing', [
      { type: 'text', value: `'; drop table core.item; --` },
      { type: 'integer', value: '41' },
      { type: 'date', value: '2026-03-01' },
      { type: 'text', value: null },
    ]),
  );
  const [word, number, day, nothing] = batches[0]?.columns ?? [];
  expect(word && textOf(word, 0)).toBe(`'; drop table core.item; --`);
  expect([number?.numbers?.[0], day?.numbers?.[0], nothing?.nullCount]).toEqual([42n, 20_513, 1]);
});

test('gives the rows of a view by its name alone', async () => {
  const { end } = await take(query('select item_id from item'));
  expect(end?.rows).toBe(3);
});

test('numbers columns of one name, and gives those of no name', async () => {
  expect((await take(query('select 1 as a, 2 as a, 3'))).columns.map(({ name }) => name)).toEqual(['a', 'a_2', '?column?']);
  expect(await take(query('select from item'))).toMatchObject({ columns: [], end: { rows: 3 } });
});

test('stops at the limit of rows and says so, and says of a whole answer that it is whole', async () => {
  expect((await take(query('select generate_series(1, 2501)'), { rows: 2_500 })).end).toMatchObject({ rows: 2_500, cutAt: 'rows' });
  expect((await take(query('select generate_series(1, 2500)'), { rows: 2_500 })).end).toMatchObject({ rows: 2_500, cutAt: null });
});

test('counts bytes on the socket: a field that is too long is never gathered', async () => {
  const { end } = await take(query(`select repeat('x', 20000000)`), { bytes: 1_000_000 });
  expect(end).toMatchObject({ rows: 0, cutAt: 'bytes' });
  expect(end?.bytes).toBeLessThan(1_100_000);
  const many = await take(query(`select repeat('x', 10000) from generate_series(1, 1000)`), { bytes: 1_000_000 });
  expect(many.end?.cutAt).toBe('bytes');
  expect(many.end?.rows).toBeGreaterThan(50);
  expect(many.end?.rows).toBeLessThan(100);
});

test('says what is wrong with SQLSTATE and the character, and nothing of values', async () => {
  expect(await failure(query('select\n  prise from item'))).toEqual({
    reason: 'query',
    message: 'column "prise" does not exist',
    sqlState: '42703',
    position: 10,
  });
  // Two code points that JavaScript counts as four.
  expect(await failure(query(`select '😀😀', prise from item`))).toMatchObject({ position: 16 });
  expect(await failure(query('select * from core.item'))).toMatchObject({
    sqlState: '42501',
    message: 'permission denied for schema core',
  });
  expect(await failure(query('select 1; select 2'))).toMatchObject({ sqlState: '42601' });
  expect(await failure(query('select 1 / (n - n) from promise'))).toMatchObject({ sqlState: '22012', position: null });
});

test('refuses a character that would end the text, before the database sees it', async () => {
  expect(await failure(query('select 1\0; drop'))).toMatchObject({ reason: 'failed', sqlState: null });
});

test('stops what takes longer than it may, fetching or not', async () => {
  const slow = 'select count(*) from generate_series(1, 1000000000)';
  expect(await failure(query(slow), { milliseconds: 300 })).toMatchObject({ reason: 'time', sqlState: '57014' });
  await expect.poll(busy).toBe(0);
});

test('stops a query whose rows each come in time, by the clock of the server', async () => {
  // One row after the other, so that no single fetch takes long.
  const endless = 'select generate_series(1, 1000000000)';
  expect(await failure(query(endless), { milliseconds: 300, rows: 1e9, bytes: 1e12 })).toMatchObject({ reason: 'time' });
  await expect.poll(busy).toBe(0);
});

test('cancels a query of which nobody waits for the answer', async () => {
  const slow = 'select count(*) from generate_series(1, 1000000000)';
  const leaving = new AbortController();
  const failed = failure(query(slow), {}, leaving.signal);
  await expect.poll(busy).toBe(1);
  leaving.abort();
  expect(await failed).toMatchObject({ reason: 'cancelled' });
  await expect.poll(busy).toBe(0);
});

test('ends the query of who stops taking rows', async () => {
  const run = await runQuery(analyst, query('select generate_series(1, 100000000)'), { limits: { ...pageLimits, rows: 1e9 } });
  for await (const batch of run.batches) if (batch.length > 0) break;
  expect(run.end()).toBeNull();
  await expect.poll(busy).toBe(0);
});

test('plans without running', async () => {
  const plan = await explainQuery(
    analyst,
    query('select * from item where item_id = $1::uuid', [{ type: 'text', value: null }]),
    pageLimits,
  );
  expect(plan).toMatchObject([{ Plan: { 'Node Type': expect.any(String) as string } }]);
  await expect(explainQuery(analyst, query('select 1; select 2'), pageLimits)).rejects.toThrow('cannot insert multiple commands');
  await expect(explainQuery(analyst, query('selec 1'), pageLimits)).rejects.toMatchObject({ told: { position: 1 } });
});
