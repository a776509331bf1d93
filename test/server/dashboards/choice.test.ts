import { describe, expect, test } from 'vitest';
import type { BoardLine, BoardResponse, DriversResponse, ItemsResponse, NamesResponse, StateResponse } from '#server/api.js';
import type { MetricResult } from '#dashboards/metric-result.js';
import { testDatabase } from '../../support/database.js';
import { writeFacts, type ItemFacts } from '../metrics/support/measured.js';
import { testServer } from './test-server.js';

/** An item a day for four years, of twelve customers; each takes ten hours, five of them in working hours. */
const begin = Date.UTC(2023, 0, 1, 9);
const items = Array.from({ length: 1_461 }, (_, n): ItemFacts => {
  const created = new Date(begin + n * 86_400_000).toISOString();
  return {
    name: `item ${n}`,
    team: 'Desk',
    customer: `Müşteri ${n % 12}`,
    created,
    ended: new Date(Date.parse(created) + 36_000_000).toISOString(),
    leadBusinessSeconds: 18_000,
  };
});

const database = await testDatabase();
await writeFacts(database.pool, [{ name: 'desk', asOf: '2026-12-31T23:59:59Z' }], items);
await database.pool.query(`update core.customer set group_name = case when name like '%1%' then 'Gold' end`);
const server = await testServer(database);

const metric = (query: string) => server.json<MetricResult>(`/api/metrics/lead-time?${query}`);
const countOf = ({ rows }: MetricResult) => rows.reduce((sum, { n }) => sum + n, 0);
const whole = 'from=2023-01-01&to=2027-01-01';

describe('calendars', () => {
  test.each(['week', 'month', 'quarter', 'year'])('by %s both count every item once', async (grain) => {
    for (const calendar of ['gregorian', 'jalali'])
      expect(countOf(await metric(`${whole}&grain=${grain}&calendar=${calendar}`))).toBe(1_461);
  });

  test('Jalali months have the days they have: 30 in Esfand of the leap year 1403, 29 in the next', async () => {
    const { rows } = await metric('from=2025-02-19&to=2026-03-21&grain=month&calendar=jalali');
    // Esfand 1403; 1404 from Farvardin to Esfand.
    expect(rows.map(({ n }) => n)).toEqual([30, 31, 31, 31, 31, 31, 31, 30, 30, 30, 30, 30, 29]);
    expect(rows[1]).toMatchObject({ bucket: '2025-03-21', note: 'too-few:p95' });
  });

  test('a Jalali mark opens to as many items as it counts', async () => {
    const query = 'from=2025-03-21&to=2026-03-21&grain=quarter&calendar=jalali';
    for (const { bucket, n } of (await metric(query)).rows) {
      const list = await server.json<ItemsResponse>(`/api/metrics/lead-time/items?${query}&bucket=${bucket}`);
      expect(list.total).toBe(n);
    }
  });

  test('the language brings its calendar, its weeks and its proposed period', async () => {
    const board = await server.json<BoardResponse>('/api/boards/consistency?lang=fa');
    // 31 December 2026 is a Thursday; the week before the running one ends on Friday, 25 December.
    expect([board.from, board.to]).toEqual(['2026-06-27', '2026-12-26']);
    expect(board.charts[0]?.result.calendar).toBe('jalali');
    const gregorian = await server.json<BoardResponse>('/api/boards/consistency?lang=fa&calendar=gregorian');
    expect([gregorian.from, gregorian.to]).toEqual(['2026-06-29', '2026-12-28']);
  });

  test('the state tells what each word means in each calendar', async () => {
    const { periods } = await server.json<StateResponse>('/api/state');
    expect(periods.gregorian['last-year']).toEqual({ from: '2025-01-01', to: '2026-01-01' });
    expect(periods.jalali['last-year']).toEqual({ from: '2025-03-21', to: '2026-03-21' });
  });

  test('a period may be asked for in words', async () => {
    expect(await metric('period=last-quarter&grain=all')).toMatchObject({ from: '2026-07-01', to: '2026-10-01', rows: [{ n: 92 }] });
  });
});

describe('the business clock', () => {
  test('counts the working hours of a metric that has it', async () => {
    const calendar = await metric('period=last-year&grain=all');
    const business = await metric('period=last-year&grain=all&clock=business');
    expect([calendar, business].map(({ rows: [row] }) => row?.values?.['p50'])).toEqual([36_000, 18_000]);
  });

  test('is refused by a metric that has none, and said by its chart', async () => {
    const answer = await server.get('/api/metrics/silence?clock=business');
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('\\"silence\\" has no business clock');
    const { charts } = await server.json<BoardResponse>('/api/boards/consistency?period=last-year&clock=business');
    const chart = (id: string) => charts.find((one) => one.id === id);
    expect(chart('lead-time')?.title).toMatch(/ · business clock$/);
    expect(chart('lead-time')?.headline?.value).toBe('5 h');
    expect(chart('reopen-rate')?.summary).toContain('Calendar clock: this number has no business reading.');
  });
});

describe('comparison', () => {
  test('with a year before is drawn and told', async () => {
    const { charts } = await server.json<BoardResponse>('/api/boards/consistency?period=last-quarter&grain=month&compare=year');
    const lead = charts.find(({ id }) => id === 'lead-time');
    expect(lead?.rows.filter((row) => 'compared' in row).map(({ bucket }) => bucket)).toEqual(['2026-07-01', '2026-08-01', '2026-09-01']);
    expect(lead?.headline?.change?.text).toContain('in the same period a year before');
  });

  test('is what a change is split against', async () => {
    const drivers = await server.json<DriversResponse>('/api/metrics/lead-time/drivers?period=last-quarter&compare=year');
    expect(drivers.before).toMatchObject({ from: '2025-07-01', to: '2025-10-01' });
  });
});

describe('customers and their groups', () => {
  test('a group is a break-down and a filter, and none of them too', async () => {
    const { rows } = await metric(`${whole}&grain=all&by=group`);
    // Customers 1, 10 and 11 of twelve: 122 + 121 + 121 of 1461 items, as 1461 = 12 × 121 + 9.
    expect(Object.fromEntries(rows.map(({ by, n }) => [by ?? 'none', n]))).toEqual({ Gold: 364, none: 1_097 });
    expect(countOf(await metric(`${whole}&grain=all&group=Gold`))).toBe(364);
    expect(countOf(await metric(`${whole}&grain=all&group=`))).toBe(1_097);
    const list = await server.json<ItemsResponse>(
      `/api/metrics/lead-time/items?${whole}&grain=all&group=Gold&customer=${encodeURIComponent('Müşteri 10')}`,
    );
    expect(list.total).toBe(121);
  });

  test('a customer is found however the name is typed', async () => {
    const search = (text: string) => server.json<NamesResponse>(`/api/filters/customer?search=${encodeURIComponent(text)}`);
    expect(await search('MUSTERI 1')).toEqual({ names: ['Müşteri 1', 'Müşteri 10', 'Müşteri 11'], total: 3 });
    expect(await search('۱۱')).toEqual({ names: ['Müşteri 11'], total: 1 });
    expect((await search('')).total).toBe(12);
  });

  test('names of what is no dimension are not there', async () => {
    expect((await server.get('/api/filters/colour?search=red')).status).toBe(404);
  });
});

describe('a board a chart at a time', () => {
  const lines = async (query: string) =>
    (await server.get(`/api/boards/delay/charts?${query}`)).text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as BoardLine);

  test.each(['asked for first', 'remembered'])('has the numbers of the whole one, its charts in their order (%s)', async () => {
    const [head, ...charts] = await lines('from=2026-03-02&to=2026-06-01&customer=M%C3%BC%C5%9Fteri+3');
    const {
      asOf: _asOf,
      charts: whole,
      ...board
    } = await server.json<BoardResponse>('/api/boards/delay?from=2026-03-02&to=2026-06-01&customer=M%C3%BC%C5%9Fteri+3');
    expect(head).toEqual({ board: { ...board, charts: whole.map(({ id }) => id) } });
    expect(charts).toEqual(whole.map((chart) => ({ chart })));
  });

  test('of charts that are named has these alone', async () => {
    const query = 'from=2026-03-02&to=2026-06-01&customer=M%C3%BC%C5%9Fteri+3';
    const { charts: whole } = await server.json<BoardResponse>(`/api/boards/delay?${query}`);
    const [head, ...charts] = await lines(`${query}&chart=slip&chart=on-time`);
    expect(head).toHaveProperty(
      'board.charts',
      whole.map(({ id }) => id),
    );
    const named = whole.filter(({ id }) => ['slip', 'on-time'].includes(id)).map((chart) => ({ chart }));
    expect(charts).toHaveLength(2);
    expect(charts).toEqual(expect.arrayContaining(named));
  });

  test('is refused before its first line where the question is', async () => {
    expect((await server.get('/api/boards/delay/charts?from=2026-03-02&to=2026-03-01')).status).toBe(400);
    expect((await server.get('/api/boards/nowhere/charts')).status).toBe(404);
    expect((await server.get('/api/boards/delay/charts?chart=nothing')).text).toContain('There is no chart \\"nothing\\" on the board');
  });
});
