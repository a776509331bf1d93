import { beforeAll, expect, test } from 'vitest';
import type { MetricResult } from '#dashboards/metric-result.js';
import { registerMetricCommand } from '#server/dashboards/metric.cli.js';
import { testDatabase } from '../../support/database.js';
import { ids, loadSmallCompany } from '../exports/small-company.js';
import { runCommand } from './command-line.js';

const { pool } = await testDatabase();

beforeAll(async () => {
  await loadSmallCompany(pool);
  // The two finished items three times more: of 2, 4, 2, 4, 2, 4, 2, 4 hours half are within 3.
  for (const copy of [1, 2, 3]) {
    await pool.query(
      `insert into facts.item
      select (jsonb_populate_record(i, jsonb_build_object('item_id', md5(i.item_id::text || $2)))).*
      from facts.item i
      where i.item_id = any($1)`,
      [[ids.first, ids.second], String(copy)],
    );
  }
  await pool.query('delete from facts.item where item_id = $1', [ids.open]);
  const all = Object.fromEntries(['finish', 'team', 'status', 'courts'].map((signal) => [signal, { fidelity: 'full' }]));
  const due = { fidelity: 'none', reason: 'the file has no dates given to customers' };
  await pool.query('update ingest.connection set capabilities = $1', [JSON.stringify({ ...all, due, 'first-due': due })]);
});

const metric = (...words: string[]) => runCommand(pool, registerMetricCommand, ['metric', ...words]);

test('prints one object whose window is the whole of the data', async () => {
  const { printed, exitCode } = await metric('lead-time', '--connection', 'desk', '--json');
  expect(exitCode).toBe(0);
  expect(printed).toHaveLength(1);
  expect(printed[0]).toMatchObject({
    metric: 'lead-time',
    unit: 's',
    treatment: 'KM',
    from: '2026-03-09',
    to: '2026-03-11',
    asOf: '2026-03-10T12:00:00.000Z',
    absent: [],
  });
  expect((printed[0] as MetricResult).rows).toMatchObject([{ bucket: 'all', by: null, values: { p50: 10_800, p85: null }, n: 8 }]);
});

test('breaks down, filters and takes another zone', async () => {
  const { printed } = await metric(
    'lead-time',
    '--by',
    'team',
    '--filter',
    'team=Desk',
    '--zone',
    'Asia/Tehran',
    '--grain',
    'day',
    '--json',
  );
  const { zone, by, rows } = printed[0] as MetricResult;
  expect([zone, by, rows.map((row) => [row.bucket, row.by, row.n])]).toEqual(['Asia/Tehran', 'team', [['2026-03-09', 'Desk', 4]]]);
});

test('prints a table with units and notes for people', async () => {
  const { printed } = await metric('lead-time');
  expect(String(printed[0]).split('\n').slice(-2)).toEqual([
    expect.stringMatching(/^bucket +p50 +p85 +p95 .*n +note$/),
    expect.stringMatching(/^all +3 h +– +– .*8 +too-few:p85;too-few:p95$/),
  ]);
});

test('ends with 3 and the reasons where no connection can tell', async () => {
  const { printed, exitCode } = await metric('on-time-first', '--json');
  expect(exitCode).toBe(3);
  const reason = 'the file has no dates given to customers';
  expect(printed[0]).toMatchObject({ rows: [], absent: ['due', 'first-due'].map((signal) => ({ connection: 'desk', signal, reason })) });
  const told = await metric('on-time-first');
  expect(told.printed[0]).toContain('not measurable in desk: the file has no dates given to customers');
});

test.each([
  [['lead-tme'], /^Unknown metric "lead-tme"; known: lead-time, /],
  [['lead-time', '--connection', 'dsk'], 'Unknown connection "dsk"; known: desk.'],
  [['lead-time', '--filter', 'team'], '--filter "team" has no "="; write it as dimension=value, such as team=Support.'],
  [['lead-time', '--filter', 'shoe=42'], /^Unknown dimension "shoe" in --filter; known: team, /],
  [['lead-time', '--zone', 'Mars/Base'], 'Unknown time zone "Mars/Base"; give an IANA name such as Europe/Istanbul.'],
  [['lead-time', '--from', 'yesterday'], /"yesterday"/],
  [['lead-time', '--grain', 'decade'], /'decade' is invalid. Allowed choices are day, week, month, quarter, year, all/],
  [[], /which metric\? throughline metric --list names them/],
])('refuses %j in one line that names the value', async (words, message) => {
  const { error, exitCode } = await metric(...words);
  expect(error?.split('\n')).toHaveLength(1);
  expect(error).toMatch(message);
  expect(exitCode).not.toBe(0);
});

test('tells what was known at an instant', async () => {
  const { printed } = await metric('lead-time', '--as-of', '2026-03-10T08:00:00Z', '--json');
  expect((printed[0] as MetricResult).asOf).toBe('2026-03-10T08:00:00.000Z');
  expect((await metric('lead-time', '--as-of', 'lately')).error).toContain('"asOf" is "lately", which is no instant');
});

test('lists every metric', async () => {
  const { printed } = await metric('--list');
  expect(String(printed[0])).toMatch(/^lead-time +s +KM/);
});

test('counts the months of the Jalali calendar', async () => {
  const { printed } = await metric(
    'lead-time',
    '--grain',
    'month',
    '--calendar',
    'jalali',
    '--from',
    '2026-02-20',
    '--to',
    '2026-04-21',
    '--json',
  );
  const { rows, calendar } = printed[0] as MetricResult;
  // Esfand 1404 and Farvardin 1405.
  expect([calendar, rows.map(({ bucket }) => bucket)]).toEqual(['jalali', ['2026-02-20', '2026-03-21']]);
  expect((await metric('lead-time', '--calendar', 'lunar')).error).toContain('Allowed choices are gregorian, jalali');
});
