import { beforeAll, expect, test } from 'vitest';
import type { BoardResponse, ErrorResponse, HeadlinesResponse, ItemResponse, ItemsResponse, StateResponse } from '#server/api.js';
import type { MetricInfo, MetricResult } from '#dashboards/metric-result.js';
import { deriveFacts } from '#server/metrics/facts/derive.js';
import { loadSample } from '#server/sync/sample.js';
import { testDatabase } from '../../support/database.js';
import { testServer, type TestServer } from './test-server.js';

const database = await testDatabase();
const { pool } = database;
let server: TestServer;

beforeAll(async () => {
  await loadSample(pool, { signal: AbortSignal.timeout(300_000), now: new Date('2026-11-21T12:00:00Z') });
  await deriveFacts(pool);
  server = await testServer(database);
});

const boards = ['consistency', 'delay', 'handoff', 'visibility', 'growth', 'expectation'];

/** Nobody has said what they believe of the sample company. */
const unasked = 'belief-gap';

test('tells how things stand before anything is asked', async () => {
  const state = await server.json<StateResponse>('/api/state');
  expect(state).toMatchObject({
    hasSample: true,
    isDeriving: false,
    zone: 'Europe/Berlin',
  });
  expect(state.periods.gregorian.default).toEqual({ from: '2026-05-18', to: '2026-11-16' });
  expect(state.periods.jalali.default).toEqual({ from: '2026-05-16', to: '2026-11-14' });
  expect(state.boards.map(({ id }) => id)).toEqual(boards);
  expect(state.boards[1]?.title).toEqual({ en: 'Delay', tr: 'Gecikme', fa: 'تأخیر', hy: 'Ուշացում' });
  expect(state.connections.map(({ name, isSample, quarantined }) => [name.startsWith('Sample '), isSample, quarantined])).toEqual(
    [1, 2, 3].map(() => [true, true, 0]),
  );
  expect(Object.keys(state.filters)).toEqual([
    'team',
    'type',
    'service',
    'channel',
    'priority',
    'customer',
    'group',
    'connection',
    'language',
  ]);
  expect(state.filters['team']?.length).toBeGreaterThan(4);
  expect(state.filters['customer']?.length).toBeGreaterThan(250);
});

test.each(boards)('answers the %s board with a finished chart for every metric', async (id) => {
  const board = await server.json<BoardResponse>(`/api/boards/${id}`);
  expect(board).toMatchObject({ board: id, from: '2026-05-18', to: '2026-11-16', unknownParameters: [] });
  expect(board.charts.map(({ id: chart, state, spec }) => [chart, state, spec !== null])).toEqual(
    board.charts.map(({ id: chart }) => (chart === unasked ? [chart, 'not-measurable', false] : [chart, 'ok', true])),
  );
  for (const chart of board.charts.filter((one) => one.id !== unasked)) {
    expect(chart.title.length * chart.summary.length).toBeGreaterThan(0);
    expect(chart.result.rows.length).toBeGreaterThan(0);
    expect(chart.table.length).toBeGreaterThan(1);
  }
});

test('shows the same number on the board, in the headlines and as a metric', async () => {
  const headlines = await server.json<HeadlinesResponse>('/api/headlines?type=incident');
  for (const { board, metric, now, headline } of headlines.headlines) {
    const whole = await server.json<MetricResult>(`/api/metrics/${metric}?grain=all&type=incident`);
    expect([board, now?.n]).toEqual([board, whole.rows[0]?.n]);
    const answer = await server.json<BoardResponse>(`/api/boards/${board}?type=incident`);
    expect(answer.charts[0]?.headline).toEqual(headline);
  }
});

test('opens every mark to exactly the items it counts, for 500 random marks', async () => {
  const random = seeded(20261121);
  const marks: { metric: string; query: string; n: number }[] = [];
  for (const id of boards) {
    for (const asked of ['', '&by=team', '&grain=month&by=channel', '&type=incident&by=priority']) {
      const board = await server.json<BoardResponse>(`/api/boards/${id}?from=2026-05-18&to=2026-11-16${asked}`);
      const filters = asked.includes('type=') ? '&type=incident' : '';
      for (const chart of board.charts) {
        for (const row of chart.rows) {
          if (typeof row['items'] !== 'string' || typeof row['n'] !== 'number') continue;
          const metric = typeof row['metric'] === 'string' ? row['metric'] : chart.metric;
          marks.push({ metric, query: `from=2026-05-18&to=2026-11-16${filters}&${row['items']}`, n: row['n'] });
        }
      }
    }
  }
  expect(marks.length).toBeGreaterThan(500);
  const wrong: unknown[] = [];
  for (let drawn = 0; drawn < 500; drawn += 1) {
    const mark = marks[Math.floor(random() * marks.length)]!;
    const { total } = await server.json<ItemsResponse>(`/api/metrics/${mark.metric}/items?${mark.query}&limit=1`);
    if (total !== mark.n) wrong.push({ ...mark, total });
  }
  expect(wrong).toEqual([]);
});

test('asks a percentile of the type with most items, names it, and withholds one over several types', async () => {
  const board = await server.json<BoardResponse>('/api/boards/consistency');
  const types = (await server.json<MetricResult>('/api/metrics/lead-time?grain=all&by=type')).rows.filter((row) => row.n > 0);
  expect(types.length).toBeGreaterThan(1);
  const [main] = types.toSorted((a, b) => b.n - a.n);
  const chart = board.charts.find(({ id }) => id === 'lead-time');
  expect(chart?.title).toBe(`How long customers wait for the result · ${main?.by}`);
  expect(chart?.result.rows.some((row) => row.note?.includes('mixed-types'))).toBe(false);
  const [pooled] = (await server.json<MetricResult>('/api/metrics/lead-time?grain=all')).rows;
  expect(pooled).toMatchObject({ values: { p50: null, p85: null, p95: null }, lo: null, hi: null });
  expect(pooled?.note).toContain('mixed-types');
  const one = await server.json<BoardResponse>('/api/boards/consistency?type=incident');
  expect(one.charts.find(({ id }) => id === 'lead-time')?.title).toBe('How long customers wait for the result');
});

test('lists the items of a mark page by page, each once', async () => {
  const [row] = (await server.json<MetricResult>('/api/metrics/lead-time?grain=all&from=2026-10-01&to=2026-11-01')).rows;
  const seen: string[] = [];
  for (let offset = 0; offset < (row?.n ?? 0); offset += 200) {
    const page = await server.json<ItemsResponse>(
      `/api/metrics/lead-time/items?grain=all&from=2026-10-01&to=2026-11-01&offset=${offset}&limit=200`,
    );
    seen.push(...page.items.map((item) => item.id));
  }
  expect([seen.length, new Set(seen).size]).toEqual([row?.n, row?.n]);
});

test('tells the story of an item in order, with names, courts without gaps and links', async () => {
  const { rows } = await pool.query<{ id: string }>(
    `select i.item_id as id
    from facts.item i
    where i.outcome = 'done' and i.reopens = 0 and i.team_handoffs > 0 and i.first_due_at is not null and i.excluded is null
      and exists (select from core.link l where l.item_id = i.item_id)
    order by i.event_count desc, i.item_id
    limit 1`,
  );
  const story = await server.json<ItemResponse>(`/api/items/${rows[0]?.id}`);
  const times = story.events.map((event) => event.at);
  expect(times).toEqual([...times].sort());
  expect(story.events[0]?.kind).toBe('created');
  for (const [index, interval] of story.intervals.entries()) {
    if (index > 0) expect(interval.from).toBe(story.intervals[index - 1]?.to);
  }
  expect(story.intervals.at(-1)?.to).toBe(story.finishedAt);
  expect(story.handoffs.length).toBeGreaterThan(0);
  expect(story.handoffs.every((handoff) => handoff.from !== handoff.to)).toBe(true);
  expect(story.promises.length).toBeGreaterThan(0);
  expect(story.links.length).toBeGreaterThan(0);
  expect(story.url).toMatch(/^https:\/\//);
});

test('keeps unknown parameters of a board visible, and refuses them where a number is asked', async () => {
  const board = await server.json<BoardResponse>('/api/boards/delay?temas=Desk');
  expect(board.unknownParameters).toEqual(['temas']);
  expect(await refusal('/api/metrics/lead-time?temas=Desk')).toMatch(/^Unknown parameter "temas"; known are from, to, /);
});

test.each([
  ['/api/metrics/lead-tme', /"lead-tme".*known: .*lead-time/],
  ['/api/metrics/lead-time?grain=decade', /"decade" is not known; known: day, week, month, quarter, year, all/],
  ['/api/metrics/lead-time?from=2026-13-01', /"2026-13-01" is not a date/],
  ['/api/metrics/lead-time?from=2026-01-01&from=2026-02-01', /given 2 times/],
  ['/api/metrics/lead-time/items?limit=abc', /"abc" is not a whole number/],
  ['/api/boards/delay?by=shoe', /"shoe" is not known; known: team/],
  ['/api/boards/delay?from=2000-01-01&to=2026-01-01&grain=day', /more than 1000 buckets/],
  ['/api/exports/secrets', /Unknown view "secrets"; known: connection/],
  ['/api/exports/item?format=pdf', /"pdf" is not known; known: csv, xlsx, json, ndjson, arrow, parquet/],
  ['/api/exports/item?formt=csv', /formt/],
])('refuses %s by its value', async (path, message) => {
  expect(await refusal(path)).toMatch(message);
});

test.each(['/api/boards/sales', '/api/items/00000000-0000-4000-8000-000000000000'])('answers 404 for %s', async (path) => {
  expect((await server.get(path)).status).toBe(404);
});

test('runs no SQL for a parameter of the wrong type', async () => {
  const asked: unknown[] = [];
  const query = pool.query.bind(pool);
  pool.query = ((...parameters: Parameters<typeof query>) => {
    asked.push(parameters[0]);
    return query(...parameters);
  }) as typeof pool.query;
  try {
    for (const path of [
      '/api/boards/delay?from=1&from=2',
      '/api/metrics/lead-time?to=%7B%22select%22:1%7D',
      '/api/items/1',
      '/api/metrics/lead-time/items?offset=-1',
    ]) {
      expect([path, (await server.get(path)).status]).toEqual([path, 400]);
    }
  } finally {
    pool.query = query;
  }
  expect(asked).toEqual([]);
});

test('lists the metrics with their definitions', async () => {
  const metrics = await server.json<MetricInfo[]>('/api/metrics');
  expect(metrics.map(({ id }) => id)).toEqual(expect.arrayContaining(['lead-time', 'goalpost-gap', 'handoff-wait', 'visibility-coverage']));
  expect(metrics.filter(({ definition }) => definition.length < 20)).toEqual([]);
});

test('gives an export as a download', async () => {
  const { status, headers, text } = await server.get('/api/exports/team?format=csv');
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="throughline-team.csv"',
  });
  expect(text.split('\n')[0]).toBe('team_id,connection,team,calendar,time_zone');
});

test('finds the median lead time by SQL over the analytics view, too', async () => {
  const { rows } = await pool.query<{ from: string; to: string; type: string; p50: number; n: number }>(
    `with placed as (
      select date_trunc('week', created_at at time zone 'Europe/Berlin') as week, type, lead_seconds, outcome
      from analytics.item
      where excluded is null
    )
    select
      to_char(week, 'YYYY-MM-DD') as "from",
      to_char(week + interval '7 days', 'YYYY-MM-DD') as "to",
      type,
      percentile_cont(0.5) within group (order by lead_seconds)::float8 as p50,
      count(*)::int as n
    from placed
    group by week, type
    having bool_and(outcome = 'done') and count(*) >= 10
    order by count(*) desc, week, type
    limit 5`,
  );
  expect(rows).toHaveLength(5);
  for (const { from, to, type, p50, n } of rows) {
    const { rows: metric } = await server.json<MetricResult>(
      `/api/metrics/lead-time?grain=all&from=${from}&to=${to}&type=${encodeURIComponent(type)}`,
    );
    expect([from, type, metric[0]?.values?.['p50'], metric[0]?.n]).toEqual([from, type, p50, n]);
  }
});

test('shows the sample no more once it is removed', async () => {
  expect(await server.delete('/api/sample')).toBe(204);
  const state = await server.json<StateResponse>('/api/state');
  expect(state).toMatchObject({ hasSample: false, connections: [] });
  const board = await server.json<BoardResponse>('/api/boards/delay');
  expect(board.charts.map((chart) => chart.rows.length)).toEqual(board.charts.map(() => 0));
});

async function refusal(path: string): Promise<string> {
  const { status, text } = await server.get(path);
  expect([path, status]).toEqual([path, 400]);
  const error = JSON.parse(text) as ErrorResponse;
  expect(error.errorId).toMatch(/^[0-9a-f-]{36}$/);
  return error.message;
}

/** Park and Miller's generator: the same marks on every machine. */
function seeded(seed: number): () => number {
  let state = seed % 2_147_483_647;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
