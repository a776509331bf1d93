import { expect, test } from 'vitest';
import type { BoardResponse, WhyResponse } from '#server/api.js';
import { testDatabase } from '../../support/database.js';
import { writeFacts, type ItemFacts } from '../metrics/support/measured.js';
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
    channel: n % 2 === 0 ? 'web' : 'phone',
    created: `2026-${month}-01T00:00:00Z`,
    ended: `2026-${month}-${n < kept ? '05' : '20'}T00:00:00Z`,
    promises: [{ said: `2026-${month}-01T00:00:00Z`, due: `2026-${month}-10T12:00:00Z` }],
  }));
}

const february = 'from=2026-02-01&to=2026-03-01';
const why = (query: string) => server.json<WhyResponse>(`/api/charts/on-time/why?${query}`);

test('a sentence says first what changed and who carries it', async () => {
  const { summary, before, after, by, evidence } = await why(february);
  expect(summary).toBe(
    'On time, first date: 90 % before, 50 % now (−40 pp). That is more than chance. Look at Team: Beta (100 % of the change) carries it.',
  );
  expect([before.value, before.basis.split(' · ')[0], before.period]).toEqual(['90 %', '40 promises', '1 Jan 2026 – 31 Jan 2026']);
  expect([after.value, after.period, by, evidence]).toEqual(['50 %', '1 Feb 2026 – 28 Feb 2026', 'team', 'signal']);
});

test('each segment has what it adds, of how many, and how far its bar goes', async () => {
  const { segments, others, split } = await why(february);
  expect(segments.map(({ name, contribution, share, mix, rate, evidence }) => [name, contribution, share, mix, rate, evidence])).toEqual([
    ['Beta', '−40 pp', '100 %', '0 pp', '−40 pp', 'signal'],
    ['Alpha', '0 pp', '0 %', '0 pp', '0 pp', 'noise'],
  ]);
  // 18 of 20 and 2 of 20, each half of the whole.
  expect([segments[0]?.before, segments[0]?.after]).toEqual(['90 % · n 20 (50 %)', '10 % · n 20 (50 %)']);
  // The interval ends at −51 pp, the farthest of all.
  expect(segments[0]?.bar.lo).toBe(-100);
  expect(Math.round(segments[0]?.bar.at ?? 0)).toBe(-78);
  expect(others).toBeNull();
  expect(split).toEqual(['groups became larger or smaller: 0 pp', 'groups themselves changed: −40 pp']);
});

test('the items that weigh most are those that missed, of the team that carries it', async () => {
  const { items } = await why(february);
  expect(items).toMatchObject({ by: 'team', segment: 'Beta', part: 'remainder', total: 18, from: '2026-02-01', to: '2026-03-01' });
});

test('another dimension can be looked at, and names nobody where nobody moved more than chance', async () => {
  const { dimensions, by, summary, segments, items } = await why(`${february}&by=channel`);
  expect(dimensions.map((one) => one.by)).toEqual(['team', 'channel']);
  expect(by).toBe('channel');
  expect(summary).toMatch(/By Channel no group moved more than chance would have it\.$/);
  expect(segments.map((one) => one.name).sort()).toEqual(['phone', 'web']);
  expect(items).toBeNull();
});

test('of a change that is no more than chance nobody is named', async () => {
  const { summary, by, segments, items } = await why(`${february}&team=Alpha`);
  expect(summary).toBe('On time, first date is 90 % in both periods.');
  expect([by, segments, items]).toEqual([null, [], null]);
});

test('where a value is withheld there is nothing to explain', async () => {
  const { summary } = await why('from=2026-01-01&to=2026-02-01');
  expect(summary).toBe('In one of the two periods there are too few cases for a value, so there is no change to explain.');
});

test('in every language', async () => {
  const { summary } = await why(`${february}&lang=fa`);
  expect(summary).toContain('پیش‌تر ۹۰');
  expect((await why(`${february}&lang=tr`)).summary).toContain('önce %90, şimdi %50');
  expect((await why(`${february}&lang=hy`)).summary).toContain('պատահականությունից');
});

test('what cannot be split says so, and its chart knows', async () => {
  const { charts } = await server.json<BoardResponse>(`/api/boards/delay?${february}`);
  const able = Object.fromEntries(charts.map(({ id, canAskWhy }) => [id, canAskWhy]));
  expect(able).toMatchObject({ 'on-time': true, 'goalpost-gap': true });
  const process = await server.get('/api/charts/process-behaviour/why');
  expect([process.status, process.text]).toEqual([400, expect.stringContaining('cannot be split')]);
  const unknown = await server.get('/api/charts/on-thyme/why');
  expect([unknown.status, unknown.text]).toEqual([404, expect.stringContaining('There is no chart')]);
  const odd = await server.get('/api/charts/on-time/why?colour=blue');
  expect([odd.status, odd.text]).toEqual([400, expect.stringContaining('Unknown parameter')]);
});
