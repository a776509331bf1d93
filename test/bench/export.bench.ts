import { execFile } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { csvSelect } from '#server/exports/csv.js';
import { findView } from '#server/exports/view-catalog.js';
import { freePort, removeDirectory, startServer, temporaryDirectory, type RunningServer } from '../support/built-server.js';
import { testDatabase } from '../support/database.js';
import { dropLogins } from '../server/workbench/analysts.js';
import { isMet, line, msOf, quantile, type Figure } from './figures.js';

/** Rows as analysts take them: ids, instants, whole numbers, texts, nulls. */
const rows = 2_000_000;
/** Each export comes right after its `\copy`, so that what else the machine does weighs on both; the median of so many pairs counts. */
const rounds = 3;
const restMs = 15_000;
const mostMemoryMb = 150;

/**
 * Of the speed of psql's `\copy` of the same query. That of a view as CSV writes instants as ISO and keeps spreadsheets from running cells;
 * the others are compared with the bare rows. A spreadsheet holds half as many rows, so it is not here.
 */
const least = { csv: 0.7, arrow: 0.5, parquet: 0.3, ndjson: undefined } as const;
const formats = ['csv', 'arrow', 'parquet', 'ndjson'] as const;

const { pool, url } = await testDatabase();
const run = promisify(execFile);
const bare = 'select item_id, connection, at, seq, kind, status, seconds, is_public, team from analytics.bench';
let directory = '';
let server: RunningServer;
const psql = await run('psql', ['--version']).then(
  () => true,
  () => false,
);

beforeAll(async () => {
  if (!psql) return;
  directory = await temporaryDirectory();
  await pool.query(`create table core.bench as
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
    'create view analytics.bench as select item_id, connection, at, seq, kind, status, seconds, is_public, team from core.bench',
  );
  await pool.query('vacuum analyze core.bench');
  server = await startServer({ DATABASE_URL: url, DATA_DIR: directory, PORT: String(await freePort()) });
}, 300_000);
afterAll(async () => {
  if (!psql) return;
  await server.stop();
  await dropLogins(pool);
  await removeDirectory(directory);
}, 60_000);

test.skipIf(!psql)('exports two million rows against psql (skipped where there is no psql)', { timeout: 1_800_000 }, async () => {
  const copied = join(directory, 'copied.csv');
  const copy = async (query: string) => run('psql', [url, '-qc', `\\copy (${query}) to '${copied}' with (format csv, header)`]);
  await copy(bare);
  // The server has begun everything it begins by itself, and the workbench its first process.
  await taken(queryOf('select 1 as one', 'csv'), join(directory, 'first'));
  await sleep(restMs);
  const rest = residentMb();
  const figures: Figure[] = [];
  for (const format of formats) {
    const viewQuery = format === 'csv' ? csvSelect(await findView(pool, 'bench'), false) : bare;
    const kinds = [
      { what: `a view as ${format}`, query: viewQuery, request: viewOf(format) },
      { what: `a query as ${format}`, query: bare, request: queryOf(bare, format) },
    ];
    for (const { what, query, request } of kinds) figures.push(...(await measured(what, least[format], () => copy(query), request, rest)));
  }
  for (const figure of figures) process.stdout.write(`${line(figure)}\n`);
  expect(figures.filter((figure) => !isMet(figure))).toEqual([]);
});

type Request = () => Promise<Response>;

function viewOf(format: string): Request {
  return () => fetch(`${server.address.replace(/\/$/, '')}/api/exports/bench?format=${format}`);
}

function queryOf(sql: string, format: string): Request {
  return () =>
    fetch(`${server.address.replace(/\/$/, '')}/api/exports/query`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.address.replace(/\/$/, '') },
      body: JSON.stringify({ sql, format }),
    });
}

async function taken(request: Request, path: string): Promise<void> {
  const answer = await request();
  if (!answer.ok || !answer.body) throw new Error(`The export answered ${answer.status}: ${await answer.text()}`);
  await pipeline(answer.body, createWriteStream(path));
}

async function measured(
  what: string,
  limit: number | undefined,
  copy: () => Promise<unknown>,
  request: Request,
  rest: number,
): Promise<Figure[]> {
  const path = join(directory, 'exported');
  const ratios: number[] = [];
  const times: number[] = [];
  let peak = rest;
  for (let round = 0; round < rounds; round += 1) {
    const copyMs = await msOf(copy);
    const watch = setInterval(() => (peak = Math.max(peak, residentMb())), 50);
    const ms = await msOf(() => taken(request, path)).finally(() => clearInterval(watch));
    ratios.push(copyMs / ms);
    times.push(ms);
  }
  const megabytes = (await stat(path)).size / 1e6;
  await rm(path);
  return [
    { work: `${what}, rows/s`, value: (rows * 1_000) / quantile(times, 0.5), unit: '/s' },
    { work: `${what}, of the speed of \\copy`, value: quantile(ratios, 0.5), unit: '×', ...(limit !== undefined && { least: limit }) },
    { work: `${what}, memory of the server above rest`, value: peak - rest, unit: 'MB', most: mostMemoryMb },
    { work: `${what}, file`, value: megabytes, unit: 'MB' },
  ];
}

/** Of the server itself; the processes of queries have theirs. */
function residentMb(): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${server.pid()}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1_024;
}
