import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { csvSelect } from '#server/exports/csv.js';
import { exportToFile } from '#server/exports/export-view.js';
import { viewFormats } from '#server/exports/formats.js';
import { findView } from '#server/exports/view-catalog.js';
import { testDatabase } from '../support/database.js';
import { line, msOf, type Figure } from './figures.js';

/** Rows as analysts take them: ids, instants, whole numbers, texts, nulls. */
const rows = 2_000_000;

/**
 * Of the speed of psql's `\copy` in the same run: of the bare view, and for CSV of the same query, which writes instants as ISO and
 * keeps spreadsheets from running cells. A spreadsheet holds half as many rows, so it is not here.
 */
const least = { csv: 0.7, arrow: 0.5, parquet: 0.3, ndjson: undefined } as const;
const mostMemoryMb = 150;

const { pool, url } = await testDatabase();
const run = promisify(execFile);
let directory = '';
const psql = await run('psql', ['--version']).then(
  () => true,
  () => false,
);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'throughline-export-bench-'));
  await pool.query(`create table public.bench as
    select
      md5((n / 15)::text)::uuid as item_id,
      'Sample helpdesk' as connection,
      timestamptz '2025-01-01' + n * interval '17.123456 seconds' as at,
      (n % 7)::smallint::int as seq,
      (array['created', 'changed', 'said', 'noted'])[1 + n % 4] as kind,
      case when n % 3 = 0 then 'Waiting for customer' end as status,
      case when n % 5 > 0 then n::bigint * 86400 end as seconds,
      n % 2 = 0 as is_public,
      case when n % 11 = 0 then 'Delivery North, second floor' end as team
    from generate_series(1, ${rows}) n`);
  await pool.query(
    'create view analytics.bench as select item_id, connection, at, seq, kind, status, seconds, is_public, team from public.bench',
  );
  await pool.query('vacuum analyze public.bench');
}, 300_000);
afterAll(() => rm(directory, { recursive: true }));

test.skipIf(!psql)('exports two million rows against psql (skipped where there is no psql)', { timeout: 1_200_000 }, async () => {
  const figures: Figure[] = [];
  const copied = join(directory, 'copied.csv');
  const bare = 'select * from analytics.bench';
  const same = csvSelect(await findView(pool, 'bench'), false);
  const copy = async (query: string) => run('psql', [url, '-qc', `\\copy (${query}) to '${copied}' with (format csv, header)`]);
  await copy(bare);
  for (const format of viewFormats.filter((one) => one in least)) {
    const path = join(directory, `bench.${format}`);
    const [bareMs, sameMs] = [await msOf(() => copy(bare)), format === 'csv' ? await msOf(() => copy(same)) : 0];
    const { ms, memory } = await measured(() => exportToFile(pool, { view: 'bench', format }, path));
    const limit = least[format as keyof typeof least];
    figures.push(
      { work: `${format}, rows/s`, value: (rows * 1_000) / ms, unit: '/s' },
      ...(format === 'csv'
        ? [{ work: 'csv, of the speed of \\copy of the same query', value: sameMs / ms, unit: '×' as const, least: limit }]
        : []),
      {
        work: `${format}, of the speed of \\copy of the bare view`,
        value: bareMs / ms,
        unit: '×',
        ...(format === 'csv' || limit === undefined ? {} : { least: limit }),
      },
      { work: `${format}, memory above rest`, value: memory, unit: 'MB', most: mostMemoryMb },
      { work: `${format}, file`, value: (await stat(path)).size / 1e6, unit: 'MB' },
    );
  }
  for (const figure of figures) process.stdout.write(`${line(figure)}\n`);
  expect(figures.filter(({ value, most, least: wanted }) => value > (most ?? Infinity) || value < (wanted ?? 0))).toEqual([]);
});

async function measured(work: () => Promise<unknown>): Promise<{ ms: number; memory: number }> {
  globalThis.gc?.();
  const rest = process.memoryUsage.rss();
  let peak = rest;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50);
  const ms = await msOf(work);
  clearInterval(watch);
  return { ms, memory: (peak - rest) / 2 ** 20 };
}
