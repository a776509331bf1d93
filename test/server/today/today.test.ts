import { describe, expect, test } from 'vitest';
import type { ErrorResponse, ItemsResponse, TodayResponse, WatchResponse } from '#server/api.js';
import { publishWeeks } from '#server/restatements/publish.js';
import { sampleDatabase } from '../../support/sample-company.js';
import { testServer } from '../dashboards/test-server.js';

const database = await sampleDatabase();
const { pool } = database;
const server = await testServer(database);
const today = (query = '') => server.json<TodayResponse>(`/api/today${query}`);
const aboutPeriod = ({ sentences }: TodayResponse) => sentences.filter(({ about }) => about === 'period');

describe('the sample company today', () => {
  test('is told of its last complete week and of 26 weeks, with the three leading numbers', async () => {
    const told = await today();
    expect(told).toMatchObject({
      from: '2026-05-18',
      to: '2026-11-16',
      zone: 'Europe/Berlin',
      week: { from: '2026-11-09', to: '2026-11-16' },
    });
    expect(told.answers.map(({ board, chart }) => [board, chart.state])).toEqual([
      ['consistency', 'ok'],
      ['delay', 'ok'],
      ['handoff', 'ok'],
    ]);
    expect(told.verdict.join(' ')).toMatch(/^\d+ numbers got worse.*beyond chance\. \d+ items are late or silent without a word/);
  });

  test('names the service whose dates are moved, and the team that waits longer after a handoff', async () => {
    const worse = aboutPeriod(await today()).filter(({ tone }) => tone === 'worse');
    const carried = worse.map(({ chart, carriers }) => [chart?.chart, carriers?.text ?? '']);
    expect(carried).toContainEqual([expect.stringMatching(/^slip/), expect.stringMatching(/^Site installation carries \d+ % of it\.$/)]);
    expect(carried).toContainEqual([expect.stringMatching(/^handoff/), expect.stringContaining('Delivery North')]);
  });

  test('says that what was not planted is noise', async () => {
    const control = await today('?service=Device care&connection=Sample projects');
    expect(aboutPeriod(control).filter(({ tone }) => tone === 'worse')).toEqual([]);
    const calm = aboutPeriod(await today()).find(({ tone }) => tone === 'calm');
    expect(calm?.text).toMatch(/^\d+ other numbers moved no more than chance would: noise\.$/);
    expect(calm?.names.map(({ chart }) => chart)).toContain('reopen-rate');
  });

  test('has of every sentence as many units behind it as it says', async () => {
    const { sentences, from, to } = await today();
    const told = sentences.filter(({ rows }) => rows !== null);
    expect(told.length).toBeGreaterThan(8);
    for (const { rows, text } of told) {
      const { total } = await server.json<ItemsResponse>(`/api/metrics/${rows?.metric}/items?from=${from}&to=${to}&${rows?.items}&limit=1`);
      const count = total.toLocaleString('en-GB');
      expect(rows?.text, text).toMatch(new RegExp(`^${count} `));
      expect(text).toContain(`(${rows?.text}`);
    }
  });

  test('shows the ten most pressing items of the watch list, and how many there are', async () => {
    const [{ watch }, list] = await Promise.all([today(), server.json<WatchResponse>('/api/watch?limit=10')]);
    expect(watch).toEqual(list);
    expect(watch.items).toHaveLength(10);
    expect(watch.total).toBeGreaterThan(10);
  });

  test('is about the items of the filters alone', async () => {
    const told = await today('?team=Billing');
    expect(aboutPeriod(told)[0]?.text).toMatch(/^Silence got worse: /);
    expect(new Set(told.watch.items.map(({ team }) => team))).toEqual(new Set(['Billing']));
  });

  test('is said in the language asked for, in weeks of its calendar', async () => {
    const [turkish, persian] = await Promise.all([today('?lang=tr'), today('?lang=fa')]);
    expect(turkish.verdict.join(' ')).toMatch(/sayı kötüleşti/);
    // The Persian week begins on Saturday.
    expect(persian.week).toEqual({ from: '2026-11-07', to: '2026-11-14' });
    expect(persian.verdict.join(' ')).toMatch(/[۰-۹]+ عدد بدتر/);
  });

  test('tells a parameter that nobody knows, and refuses a date that is none', async () => {
    expect((await today('?colour=red')).unknownParameters).toEqual(['colour']);
    const { status, text } = await server.get('/api/today?from=yesterday');
    expect(status).toBe(400);
    expect((JSON.parse(text) as ErrorResponse).message).toContain('yesterday');
  });
});

test('a handled item is off the first page at once', async () => {
  const before = (await today()).watch;
  const [first] = before.items;
  await server.post(`/api/watch/${first?.id}/handled`, { note: 'Called', by: 'Ada' });
  const after = (await today()).watch;
  expect(after.total).toBe(before.total - 1);
  expect(after.items.map(({ id }) => id)).not.toContain(first?.id);
  expect(after.untold).toBe((before.untold ?? 0) - 1);
});

test('past weeks that are told otherwise are told of, where nothing is filtered', async () => {
  await publishWeeks(pool, server.engine, new Date('2026-11-16T08:00:00Z'));
  const { rowCount } = await pool.query(
    `update app.published_value set value = value + 1 where metric = 'goalpost-gap' and week in ('2026-10-26', '2026-11-02')`,
  );
  expect(rowCount).toBe(2);
  await publishWeeks(pool, server.engine, new Date('2026-11-16T09:00:00Z'));
  const past = ({ sentences }: TodayResponse) => sentences.filter(({ about }) => about === 'past').map(({ text }) => text);
  expect(past(await today())).toEqual([
    expect.stringMatching(
      /^Goalpost gap \(all moves\): the time before is told differently now, so 2 past weeks say .* from 2 Nov 2026, says /,
    ),
  ]);
  expect(past(await today('?team=Billing'))).toEqual([]);
});
