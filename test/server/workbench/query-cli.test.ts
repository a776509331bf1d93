import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { registerAnalystCommand } from '#server/workbench/analyst.cli.js';
import { registerQueryCommand } from '#server/workbench/query.cli.js';
import { relationsOf, unread } from '#server/workbench/query-text.js';
import { registerWorkbenchCommand } from '#server/workbench/workbench.cli.js';
import { testDatabase } from '../../support/database.js';
import { runCommand } from '../dashboards/command-line.js';
import { loadSmallCompany } from '../exports/small-company.js';
import { dropLogins } from './analysts.js';

const { pool } = await testDatabase();
await loadSmallCompany(pool);
const directory = await mkdtemp(join(tmpdir(), 'throughline-query-'));
afterAll(async () => {
  await dropLogins(pool);
  await rm(directory, { recursive: true });
});

const query = (...words: string[]) => runCommand(pool, registerQueryCommand, ['query', ...words]);

test('writes what a query answers to a file, in the kind that is asked for', async () => {
  const path = join(directory, 'items.ndjson');
  const { error, notes } = await query(
    'select outcome, count(*)::int as n from item group by 1 order by 1',
    '--format',
    'ndjson',
    '--out',
    path,
  );
  expect(error).toBeNull();
  expect(await readFile(path, 'utf8')).toBe('{"outcome":"done","n":2}\n{"outcome":"open","n":1}\n');
  expect(notes).toEqual([`${path}: 50 bytes`]);
});

test('leaves no file where the query fails', async () => {
  const before = await readdir(directory);
  expect((await query('select * from core.item', '--out', join(directory, 'hidden.csv'))).error).toContain(
    'permission denied for schema core',
  );
  expect((await query('select 1 / (n - n) from promise', '--out', join(directory, 'broken.csv'))).error).toContain('division by zero');
  expect(await readdir(directory)).toEqual(before);
});

test('notes how each ended before the command does', async () => {
  await query('select 1', '--out', join(directory, 'one.csv'));
  const { rows } = await pool.query('select outcome from app.query_run order by id');
  expect(rows.map(({ outcome }) => outcome as string)).toEqual(['done', 'query', 'query', 'done']);
});

test('names what a text reads from for the audit log, unless it is too long or too deep to look', async () => {
  expect(await relationsOf('select 1 from item join core.team using (id) where exists (select from item)')).toEqual(['core.team', 'item']);
  expect(await relationsOf('selec 1')).toEqual([]);
  expect(await relationsOf(`select 1 from item where id in (${'1,'.repeat(10_000)}1)`)).toEqual([unread]);
  expect(await relationsOf(`select 1${'+1'.repeat(9_900)} from item`)).toEqual([unread]);
});

test('a login made where PostgreSQL lacks repairs comes with a warning', async () => {
  const { error, notes } = await runCommand(pool, registerAnalystCommand, ['analyst', 'create', 'hal']);
  expect(error).toBeNull();
  expect(notes.at(-1)).toBe(
    'PostgreSQL 18.4 has errors that whoever has this login could abuse, repaired in 18.7: give it to administrators alone, or update.',
  );
});

test('tries every attack on request', async () => {
  const { printed, exitCode } = await runCommand(pool, registerWorkbenchCommand, ['workbench', 'check']);
  expect(printed[0]).toMatch(/^on: 1\d\d attacks tried, none came through \(\d+ ms\)$/);
  expect(exitCode).toBe(0);
});
