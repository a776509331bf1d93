import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReportsResponse } from '#server/api.js';
import { registerReportCommand } from '#server/reports/report.cli.js';
import { testDatabase } from '../../support/database.js';
import { runCommand } from '../dashboards/command-line.js';

const { pool } = await testDatabase();
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'throughline-report-'));
});

afterAll(() => rm(directory, { recursive: true, force: true }));

const report = (...words: string[]) => runCommand(pool, registerReportCommand, ['report', ...words]);
const file = (name: string) => join(directory, name);

test('writes the PDF and the mail of a company without data, and keeps it', async () => {
  const { error, notes } = await report(
    '--out',
    file('summary.pdf'),
    '--html',
    file('summary.html'),
    '--board',
    'none',
    '--paper',
    'letter',
  );
  expect(error).toBe(null);
  expect(notes.join('')).toMatch(/bytes of PDF, kept as [0-9a-f-]{36}/);
  expect((await readFile(file('summary.pdf'))).subarray(0, 5).toString()).toBe('%PDF-');
  expect(await readFile(file('summary.html'), 'utf8')).toContain('Nothing moved beyond chance: there is nothing to report.');
});

test('lists what is kept and writes it again, byte for byte', async () => {
  const { printed } = await report('list', '--json');
  const { total, reports } = printed[0] as ReportsResponse;
  expect([total, reports[0]?.isNothingNew]).toEqual([1, true]);
  expect((await report('get', reports[0]?.id ?? '', '--out', file('again.pdf'))).error).toBe(null);
  expect((await readFile(file('again.pdf'))).equals(await readFile(file('summary.pdf')))).toBe(true);
  expect(String((await report('list')).printed[0]).split('\n')[0]).toMatch(/^id +made +language +bytes +subject$/);
});

test('says what is missing or unknown', async () => {
  const said = async (...words: string[]) => (await report(...words)).error;
  expect(await said()).toBe('Nothing to write; give --out summary.pdf, --html summary.html or both.');
  expect(await said('get', 'nope', '--out', file('x.pdf'))).toBe(
    'There is no summary nope; the latest 500 are kept, GET /api/reports lists them.',
  );
  expect(await said('get', 'nope')).toBe('Nothing to write; give --out summary.pdf.');
  expect(await said('--out', file('x.pdf'), '--board', 'dalay')).toMatch(/^There is no board "dalay"; known: consistency, delay/);
  expect(await said('--out', file('x.pdf'), '--from', '2026-01-01')).toBe(
    'Give --from and --to together, or a period in words with --period.',
  );
  expect(await said('--out', file('x.pdf'), '--connection', 'desk')).toBe('Unknown connection "desk"; known: none.');
});

test('keeps name, colour and logo, and bears them from then on', async () => {
  await writeFile(
    file('logo.svg'),
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="20" height="10" fill="#7a1f5c"/></svg>',
  );
  const { printed } = await report('brand', '--name', 'Acme', '--colour', '#7a1f5c', '--logo', file('logo.svg'));
  expect(printed[0]).toBe('Summaries bear Acme, the colour #7a1f5c and a logo (svg).');
  await report('--html', file('branded.html'), '--out', file('branded.pdf'), '--board', 'none');
  expect(await readFile(file('branded.html'), 'utf8')).toMatch(/color:#7a1f5c;">Acme</);
  expect((await readFile(file('branded.pdf'))).equals(await readFile(file('summary.pdf')))).toBe(false);
  expect((await report('brand', '--no-logo')).printed[0]).toBe('Summaries bear Acme, the colour #7a1f5c and no logo.');
});
