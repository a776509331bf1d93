import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerExportCommand } from '#server/exports/export.cli.js';
import { testDatabase } from '../../support/database.js';
import { runCommand } from '../dashboards/command-line.js';
import { loadSmallCompany } from './small-company.js';

const { pool } = await testDatabase();
let directory = '';

beforeAll(async () => {
  await loadSmallCompany(pool);
  directory = await mkdtemp(join(tmpdir(), 'throughline-export-'));
});
afterAll(() => rm(directory, { recursive: true }));

const run = (...words: string[]) => runCommand(pool, registerExportCommand, ['export', ...words]);

test('lists the views, and the columns of one with type and meaning', async () => {
  expect(String((await run('--list')).printed[0])).toContain('item         One row per item: a piece of work a customer waits for.');
  const [columns] = (await run('--list', '--view', 'item')).printed;
  expect(columns).toMatch(
    /lead_seconds +bigint\n +Creation to final finish, calendar clock\. Null: not finished; never read that as zero\./,
  );
});

test('writes a file and says how long it is', async () => {
  const path = join(directory, 'teams.csv');
  const { notes, exitCode } = await run('--view', 'team', '--out', path);
  expect(exitCode).toBe(0);
  const text = await readFile(path, 'utf8');
  expect(text.split('\n')).toHaveLength(4);
  expect(notes).toEqual([`${path}: ${Buffer.byteLength(text)} bytes`]);
});

test.each([
  [['--out', 'x.csv'], 'error: --view NAME is missing; throughline export --list names the views'],
  [['--view', 'item'], 'error: --out FILE is missing; use --out - for standard output'],
  [['--view', 'shoe', '--out', 'x.csv'], /^Unknown view "shoe"; known: connection, /],
  [
    ['--view', 'item', '--out', 'x.csv', '--format', 'pdf'],
    /'pdf' is invalid. Allowed choices are csv, xlsx, json, ndjson, arrow, parquet/,
  ],
])('refuses %j in one line and writes nothing', async (words, message) => {
  const before = await readdir('.');
  const { error, exitCode } = await run(...words);
  expect(error).toMatch(message);
  expect(exitCode).not.toBe(0);
  expect(await readdir('.')).toEqual(before);
});
