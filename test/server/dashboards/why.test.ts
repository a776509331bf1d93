import { expect, test } from 'vitest';
import type { DriversResponse } from '#server/api.js';
import { registerWhyCommand } from '#server/dashboards/why.cli.js';
import { testDatabase } from '../../support/database.js';
import { writeFacts, type ItemFacts } from '../metrics/support/measured.js';
import { runCommand } from './command-line.js';
import { testServer } from './test-server.js';

const database = await testDatabase();
await writeFacts(
  database.pool,
  [{ name: 'desk', asOf: '2026-03-01T00:00:00Z' }],
  [
    ...promises('01', 'Alpha', 20, 18),
    ...promises('01', 'Beta', 20, 18),
    ...promises('02', 'Alpha', 20, 18),
    ...promises('02', 'Beta', 20, 2),
  ],
);
const server = await testServer(database);

/** Dates of the 10th, so many of them kept. */
function promises(month: '01' | '02', team: string, all: number, kept: number): ItemFacts[] {
  return Array.from({ length: all }, (_, n) => ({
    name: `${month} ${team} ${n}`,
    team,
    created: `2026-${month}-01T00:00:00Z`,
    ended: `2026-${month}-${n < kept ? '05' : '20'}T00:00:00Z`,
    promises: [{ said: `2026-${month}-01T00:00:00Z`, due: `2026-${month}-10T12:00:00Z` }],
  }));
}

const path = '/api/metrics/on-time-first/drivers?from=2026-02-01&to=2026-03-01&against=2026-01-01..2026-02-01';
const why = (...words: string[]) => runCommand(database.pool, registerWhyCommand, ['why', ...words]);

test('the address says which team carries the change', async () => {
  const { change, by, evidence, dimensions } = await server.json<DriversResponse>(path);
  expect([change, by, evidence]).toEqual([-40, 'team', 'signal']);
  expect(dimensions[0]?.segments.map(({ segment, share }) => [segment, Math.round(share) + 0])).toEqual([
    ['Beta', 100],
    ['Alpha', 0],
  ]);
  // The month before February is January, the same window.
  const previous = await server.json<DriversResponse>('/api/metrics/on-time-first/drivers?from=2026-02-01&to=2026-03-01&against=previous');
  expect([previous.before.from, previous.before.to, previous.change]).toEqual(['2026-01-01', '2026-02-01', -40]);
});

test('the same on the command line, as one object and for reading', async () => {
  const words = ['on-time-first', '--from', '2026-02-01', '--to', '2026-03-01', '--against', '2026-01-01..2026-02-01'];
  const { printed } = await why(...words, '--json');
  expect(printed[0]).toMatchObject({ change: -40, by: 'team' });
  expect(String((await why(...words)).printed[0]).split('\n')).toEqual([
    'on-time-first: 50 % (n 40), before 90 % (n 40): −40 pp, signal',
    '2026-02-01 to 2026-03-01 against 2026-01-01 to 2026-02-01 (exclusive), UTC, data to 2026-03-01T00:00:00.000Z',
    '',
    'look at team: its segments carry 50 % of the change beyond their size',
    'by team: mix 0 pp, rate −40 pp',
    expect.stringMatching(/^team +adds +of change +95 % +mix +rate +before +after$/),
    expect.stringMatching(/^Beta +−40 pp +100 % +−51 pp … −29 pp +0 pp +−40 pp +90 % \(n 20, 50 %\) +10 % \(n 20, 50 %\) +signal$/),
    expect.stringMatching(/^Alpha +0 pp +0 % .* noise$/),
  ]);
});

test.each([
  [`${path}&against=lately`, 'against'],
  ['/api/metrics/on-time-first/drivers?against=2026-02-30..2026-03-01', '2026-02-30..2026-03-01'],
  ['/api/metrics/on-time-first/drivers?by=colour', '"colour" is not known; known: team, type'],
  ['/api/metrics/on-time-first/drivers?value=p50', 'Unknown value \\"p50\\"'],
  [
    '/api/metrics/on-time-first/drivers?verses=x',
    'Unknown parameter \\"verses\\"; known are from, to, period, calendar, grain, by, compare, clock, lang, digits, theme and the names of dimensions, against, value',
  ],
  ['/api/metrics/owner-share/drivers', 'A change of \\"owner-share\\" cannot be split'],
])('%s is refused with what would do', async (address, message) => {
  const { status, text } = await server.get(address);
  expect(status).toBe(400);
  expect(text.replaceAll('\\\\', '')).toContain(message.startsWith('"') ? message.replaceAll('"', '\\"') : message);
});

test.each([
  [['on-time-first', '--against', 'lately'], '--against "lately" is not "previous", "year" or two days'],
  [['on-time-first', '--from', 'monday'], '--from "monday" is not a day such as 2026-03-01.'],
  [['lead-time', '--by', 'pair'], '"pair" is for handoff-wait'],
  [['process-behaviour'], 'cannot be split'],
])('%j is refused', async (words, message) => {
  const { error, exitCode } = await why(...words);
  expect(error).toContain(message);
  expect(exitCode).not.toBe(0);
});
