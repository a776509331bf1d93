import { describe, expect, test } from 'vitest';
import type { MetricResult } from '#dashboards/metric-result.js';
import type {
  AlertHistoryResponse,
  AlertPreview,
  AlertResponse,
  AlertTest,
  BoardResponse,
  ChannelResponse,
  ErrorResponse,
  ItemsResponse,
  Target,
  WatchableNumber,
  WatchResponse,
} from '#server/api.js';
import { sampleDatabase } from '../../support/sample-company.js';
import { receiver } from '../channels/receiver.js';
import { testServer } from '../dashboards/test-server.js';

const database = await sampleDatabase();
const hook = await receiver();
const server = await testServer(database, { THROUGHLINE_ALLOW_HOSTS: hook.host, THROUGHLINE_SECRET_KEY: '0123456789abcdef'.repeat(4) });

const delivery = { locale: 'en', zone: 'Europe/Berlin' };
const make = async (name: string, rule: object, more: object = {}) => {
  const { status, body } = await server.post<AlertResponse & ErrorResponse>('/api/alerts', { name, owner: 'Ann', rule, delivery, ...more });
  if (status !== 201) throw new Error(`${status}: ${body.message}`);
  return body;
};
const projects = { connection: ['Sample projects'] };
const asked = (filters: Record<string, string[]>) =>
  new URLSearchParams(Object.entries(filters).flatMap(([name, values]) => values.map((value) => [name, value])));

describe('what is planted in the sample company', () => {
  const wait = { kind: 'signal', metric: 'handoff-wait', clock: 'business', from: '2025-05-19', hold: 2 };

  test('fires: handoffs that wait longer since the reorganisation, and not where nothing is planted', async () => {
    const north = await make('North', { ...wait, filters: { ...projects, team: ['Delivery North'], type: ['Installation'] } });
    const south = await make('South', { ...wait, filters: { ...projects, team: ['Delivery South'], type: ['Installation'] } });
    expect(north.reading?.untold).toBeNull();
    expect(north).toMatchObject({ status: 'firing', phase: 'firing' });
    const { readings } = await server.json<AlertHistoryResponse>(`/api/alerts/${north.id}/history`);
    expect(readings.filter(({ signals }) => signals.includes('run')).length).toBeGreaterThan(5);

    expect(south.phase).toBe('ok');
  });

  test('fires: dates that were moved to hide lateness, and not for the control service', async () => {
    const gap = { kind: 'threshold', metric: 'goalpost-gap', value: 'gapUnasked', grain: 'quarter', direction: 'above', threshold: 12 };
    expect(await make('Moved', { ...gap, filters: { ...projects, service: ['Site installation'] } })).toMatchObject({ status: 'firing' });
    expect(await make('Kept', { ...gap, filters: { ...projects, service: ['Device care'] } })).toMatchObject({ status: 'ok' });
  });
});

describe('the number of an alert', () => {
  const filters = { connection: ['Sample helpdesk'], type: ['Incident'] };
  const rule = { kind: 'threshold', metric: 'on-time-first', direction: 'below', threshold: 99.5, filters };

  test('is that of the API, of the board and of the list of items, to the last digit', async () => {
    const { id, reading, href, says } = await make('Numbers', rule);
    expect(reading?.key).toBe('2026-11-09');
    const link = new URL(href, 'http://x');
    const query = `${asked(filters)}&from=${link.searchParams.get('from')}&to=${link.searchParams.get('to')}&grain=week`;
    const { rows } = await server.json<MetricResult>(`/api/metrics/on-time-first?${query}`);
    const row = rows.find(({ bucket }) => bucket === reading?.key);
    expect(row).toMatchObject({ value: reading?.value, n: reading?.n, lo: reading?.lo, hi: reading?.hi });
    const board = await server.json<BoardResponse>(`${link.pathname.replace('/boards', '/api/boards')}${link.search}`);
    const drawn = board.charts.flatMap((chart) => chart.table.flat());
    expect(drawn).toContain(says.value);
    const late = await server.json<ItemsResponse>(
      `/api/metrics/on-time-first/items?${asked(filters)}&from=2026-11-09&to=2026-11-16&grain=week&bucket=2026-11-09&part=remainder&limit=5`,
    );
    expect(late.total).toBe(Math.round(((100 - (reading?.value ?? 0)) / 100) * (reading?.n ?? 0)));
    const { episodes } = await server.json<AlertHistoryResponse>(`/api/alerts/${id}/history`);
    expect(episodes[0]?.fired.causes.map((cause) => cause.id)).toEqual(late.items.map((item) => item.id));
  });

  test('is told in the reader’s language and digits, and stays the same number', async () => {
    const alerts = await server.json<AlertResponse[]>('/api/alerts?lang=fa');
    const persian = alerts.find(({ name }) => name === 'Numbers');
    const latin = (await server.json<AlertResponse[]>('/api/alerts?lang=fa&digits=latn')).find(({ name }) => name === 'Numbers');
    expect(persian?.says.period).toBe('هفتهٔ ۱۸ آبان ۱۴۰۵');
    expect(persian?.says.value).toMatch(/[۰-۹]/);
    expect(latin?.says.value).not.toMatch(/[۰-۹]/);
    expect(persian?.reading).toEqual(latin?.reading);
  });

  test('of items late without a word is that of the watch list', async () => {
    const alert = await make('Untold', { kind: 'items', reasons: ['late-untold'], filters: projects });
    const list = await server.json<WatchResponse>(`/api/watch?reason=late-untold&limit=1&${asked(projects)}`);
    expect(list.total).toBeGreaterThan(0);
    expect(alert).toMatchObject({ status: 'firing', reading: { value: list.total, n: list.open, unit: 'n' } });
    const { episodes } = await server.json<AlertHistoryResponse>(`/api/alerts/${alert.id}/history`);
    expect(episodes[0]?.fired.causes[0]?.id).toBe(list.items[0]?.id);
  });

  test('of a percentile over mixed types is none, and says why', async () => {
    const alert = await make('Mixed', {
      kind: 'threshold',
      metric: 'reply-time',
      direction: 'above',
      threshold: 1,
      filters: { connection: ['Sample helpdesk'] },
    });
    expect(alert).toMatchObject({ status: 'cannot-tell', reading: { value: null, untold: 'mixed-types' } });
    expect(alert.says.remarks).toEqual(['It mixes types of work; filter by one type.']);
  });
});

test('a target missed beyond chance fires, and one that is met does not', async () => {
  const set = (value: number, team: string) =>
    server.post<Target & ErrorResponse>('/api/targets', {
      metric: 'on-time-first',
      scope: { team: [team] },
      value,
      from: '2025-01-01',
      by: 'Ann',
    });
  const [high, low] = [await set(99, 'Support'), await set(1, 'Delivery South')];
  if (high.status !== 201) throw new Error(high.body.message);
  const rule = (target: string) => ({ kind: 'target', target, grain: 'quarter' });
  expect(await make('Missed', rule(high.body.id))).toMatchObject({ status: 'firing', reading: { limit: 99, unit: '%' } });
  expect(await make('Met', rule(low.body.id))).toMatchObject({ status: 'ok' });
});

test('a source that is not read fires, one that is no more cannot be told', async () => {
  await database.pool.query(`update ingest.connection set last_complete_at = now() - interval '7 hours' where name = 'Sample projects'`);
  await database.pool.query(`update ingest.connection set last_complete_at = now() where name = 'Sample helpdesk'`);
  expect(await make('Stale', { kind: 'stale', connection: 'Sample projects', hours: 6 })).toMatchObject({
    status: 'firing',
    reading: { unit: 's', limit: 21_600, n: 1, causes: [{ id: null, name: 'Sample projects' }] },
  });
  expect(await make('Fresh', { kind: 'stale', connection: 'Sample helpdesk', hours: 6 })).toMatchObject({ status: 'ok' });
  expect(await make('Gone', { kind: 'stale', connection: 'Old desk', hours: 6 })).toMatchObject({ reading: { untold: 'no-source' } });
});

describe('a test', () => {
  test('shows the very message, sends it, and marks it', async () => {
    const added = await server.post<ChannelResponse>('/api/channels', {
      kind: 'webhook',
      name: 'Ops',
      url: `${hook.origin}/in`,
      secret: 'a secret of some length',
      addedBy: 'Ann',
    });
    expect(added.status).toBe(201);
    const { id } = await make('Tested', { kind: 'items', reasons: ['late-untold'] }, { channels: [added.body.id] });
    const { status, body } = await server.post<AlertTest>(`/api/alerts/${id}/test`, {});
    expect(status).toBe(200);
    expect(body.sent).toEqual([{ channel: 'Ops', error: null }]);
    expect(body.message?.title).toBe('Test: Alert: Tested');
    const sent = hook.received.map((one) => JSON.parse(one.body) as { messages: { title: string; text: string; event: object }[] });
    const tested = sent.find(({ messages }) => messages[0]?.title.startsWith('Test: '))?.messages[0];
    expect(tested?.text).toBe(body.message?.text);
    expect(tested?.event).toMatchObject({ type: 'alert.fired', isTest: true, name: 'Tested' });
  });

  test('of a rule that is not kept yet says how it would stand, and keeps nothing', async () => {
    const draft = { name: 'Draft', owner: 'Ann', rule: { kind: 'items' }, delivery };
    const { status, body } = await server.post<AlertPreview>('/api/alerts/preview', draft);
    expect(status).toBe(200);
    expect(body).toMatchObject({ phase: 'firing', condition: expect.stringContaining('At least one open item') });
    expect((await server.json<AlertResponse[]>('/api/alerts')).map(({ name }) => name)).not.toContain('Draft');
  });
});

test('a mute says by whom and why, and what was done is kept', async () => {
  const { id } = await make('Muted', { kind: 'items' });
  const muted = await server.post<AlertResponse>(`/api/alerts/${id}/mute`, {
    by: 'Ben',
    why: 'Stock-taking',
    until: '2099-01-01T00:00:00Z',
  });
  expect(muted.body).toMatchObject({ status: 'muted', phase: 'firing', mute: { by: 'Ben', why: 'Stock-taking' } });
  await server.post(`/api/alerts/${id}/unmute`, { by: 'Cem' });
  const { status } = await server.post(`/api/alerts/${id}/remarks`, { by: 'Cem', text: 'Called them all.' });
  expect(status).toBe(201);
  const history = await server.json<AlertHistoryResponse>(`/api/alerts/${id}/history`);
  expect(history.alert.status).toBe('firing');
  expect(history.mutes).toMatchObject([{ by: 'Ben', ended: { by: 'Cem' } }]);
  expect(history.remarks).toMatchObject([{ by: 'Cem', text: 'Called them all.' }]);
});

describe('what makes no sense is refused', () => {
  const threshold = { kind: 'threshold', metric: 'on-time-first', direction: 'below', threshold: 80 };
  test.each([
    [{ ...threshold, metric: 'on-tme' }, 'Unknown metric'],
    [{ ...threshold, value: 'p85' }, 'has no value "p85"'],
    [{ ...threshold, recoverAt: 70 }, 'still below 80'],
    [{ ...threshold, hold: 0 }, 'hold'],
    [{ ...threshold, threshold: Infinity }, 'threshold'],
    [{ ...threshold, sql: 'select 1' }, 'sql'],
    [{ ...threshold, filters: { person: ['x'] } }, 'person'],
    [{ ...threshold, metric: 'process-behaviour' }, 'watches another metric'],
    [{ kind: 'signal', metric: 'belief-gap', from: '2026-01-05' }, 'no process behaviour chart'],
    [{ kind: 'stale', hours: 0 }, 'hours'],
    [{ kind: 'items', reasons: ['late'] }, 'reasons'],
    [{ kind: 'weather' }, 'kind'],
  ])('%j', async (rule, message) => {
    const { status, body } = await server.post<ErrorResponse>('/api/alerts', { name: 'Wrong', owner: 'Ann', rule, delivery });
    expect(status).toBe(400);
    expect(body.message).toContain(message);
  });

  test('a name that is taken, a zone that is none, a channel that is not there', async () => {
    await make('Twice', threshold);
    const post = async (body: object) =>
      (await server.post('/api/alerts', { name: 'Other', owner: 'Ann', rule: threshold, delivery, ...body })).status;
    expect(await post({ name: 'Twice' })).toBe(409);
    expect(await post({ delivery: { zone: 'Europe/Atlantis' } })).toBe(400);
    expect(await post({ delivery: { ...delivery, quiet: { from: '22:00', to: '22:00' } } })).toBe(400);
    expect(await post({ channels: ['00000000-0000-4000-8000-000000000000'] })).toBe(404);
    expect(await server.delete('/api/alerts/00000000-0000-4000-8000-000000000000')).toBe(404);
  });
});

test('every number that is offered can be watched', async () => {
  const numbers = await server.json<WatchableNumber[]>('/api/alerts/numbers?lang=tr');
  expect(numbers.length).toBeGreaterThan(40);
  expect(new Set(numbers.map(({ name }) => name)).size).toBe(numbers.length);
  for (const { metric, value, hasSignals } of numbers) {
    const rule = { kind: 'threshold', metric, value, direction: 'above', threshold: 1, grain: 'quarter' };
    const kinds = hasSignals ? [rule, { kind: 'signal', metric, from: '2026-01-05', grain: 'quarter' }] : [rule];
    for (const one of kinds) {
      const { status, body } = await server.post<ErrorResponse>('/api/alerts/preview', { name: 'x', owner: 'Ann', rule: one, delivery });
      expect(status === 200 ? 'fine' : `${metric}: ${body.message}`).toBe('fine');
    }
  }
});
