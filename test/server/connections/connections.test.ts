import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type {
  ConnectionDetail,
  ConnectionTest,
  ConnectorForm,
  ErrorResponse,
  MeaningPreview,
  ProgressResponse,
  QuarantineResponse,
  StateResponse,
} from '#server/api.js';
import { deriveFacts } from '#server/metrics/facts/derive.js';
import { makeHistory } from '../../support/scripted-source/history.js';
import { serveTool, type ScriptedServer } from '../../support/scripted-source/server.js';
import { ScriptedSource } from '../../support/scripted-source/source.js';
import { testDatabase } from '../../support/database.js';
import { zendeskTool } from '../../etl/connectors/zendesk/tool.js';
import { testServer, type TestServer } from '../dashboards/test-server.js';

const database = await testDatabase();
const { pool } = database;
const token = 'a-token-that-is-long-enough';
let tool: ScriptedServer;
let server: TestServer;

const history = makeHistory({
  seed: 4,
  items: 60,
  events: 14,
  fields: ['status', 'team', 'person', 'due'],
  hasComments: true,
  start: '2026-03-02T08:00:00Z',
  spanMs: 20 * 86_400_000,
  grainMs: 1000,
});
const source = new ScriptedSource(history, '2026-04-01T12:00:00Z');

beforeAll(async () => {
  tool = await serveTool(zendeskTool, () => source, token);
  server = await testServer(database, { THROUGHLINE_ALLOW_HOSTS: tool.host });
});
afterAll(() => tool.close());

const request = (more: Record<string, unknown> = {}) => ({
  name: 'Help desk',
  connector: 'zendesk',
  config: { url: tool.address, email: 'someone@example.com' },
  secrets: { token },
  ...more,
});

async function answered<T>(method: 'POST' | 'PATCH' | 'DELETE', path: string, body: unknown, status: number): Promise<T> {
  const answer = await server.send(method, path, body);
  expect([answer.status, answer.text]).toEqual([status, answer.text]);
  return (answer.text === '' ? null : JSON.parse(answer.text)) as T;
}

const detail = () => server.json<ConnectionDetail>('/api/connections/Help%20desk');

test('says which tools can be connected, and what each wants to know', async () => {
  const forms = await server.json<ConnectorForm[]>('/api/connectors');
  expect(forms.map(({ id }) => id)).toEqual(expect.arrayContaining(['redmine', 'rt', 'zendesk']));
  const zendesk = forms.find(({ id }) => id === 'zendesk');
  expect(zendesk?.secrets).toEqual(['token']);
  expect(zendesk?.fields.map(({ name, kind, isRequired }) => [name, kind, isRequired])).toEqual([
    ['url', 'text', true],
    ['email', 'text', false],
    ['customer', 'choice', false],
    ['dueField', 'number', false],
    ['zone', 'text', false],
    ['endOfDay', 'text', false],
    ['linkedTools', 'object', false],
  ]);
});

test('a test tells what the tool lets us read, and stores nothing', async () => {
  const found = await answered<ConnectionTest>('POST', '/api/connections/test', request(), 200);
  expect(found.isOk).toBe(true);
  expect(found.findings.slice(0, 3)).toEqual([
    'Signed in as Reader, administrator.',
    '60 tickets (archived ones not counted).',
    "The account's zone is Europe/Berlin.",
  ]);
  expect(found.statuses).toContainEqual({ name: 'pending', meaning: 'customer' });
  expect((await pool.query('select from ingest.connection')).rowCount).toBe(0);
});

test.each([
  [{ secrets: { token: 'another-token-altogether' } }, /401|refuse/],
  [{ secrets: {} }, /token/],
  [{ config: { url: 'http://127.0.0.1:9/', email: 'a@b.c' } }, /private|127\.0\.0\.1/],
])('a test with %j says what is wrong', async (more, reason) => {
  const found = await answered<ConnectionTest>('POST', '/api/connections/test', request(more), 200);
  expect([found.isOk, found.findings.join(' ')]).toEqual([false, expect.stringMatching(reason)]);
  expect(found.findings.join(' ')).not.toContain('another-token-altogether');
});

test.each([
  [{ connector: 'abacus' }, 'Unknown connector'],
  [{ config: { url: 'nowhere' } }, 'url'],
  [{ secrets: { pin: '1234' } }, 'no secret'],
  [{ name: '' }, 'name'],
])('refuses %j', async (more, reason) => {
  const { message } = await answered<ErrorResponse>('POST', '/api/connections', request(more), 400);
  expect(message).toContain(reason);
});

test('a connection that is saved is read at once, and its numbers appear', async () => {
  const saved = await answered<ConnectionDetail>('POST', '/api/connections', request(), 201);
  expect(saved).toMatchObject({ name: 'Help desk', state: 'active', everySeconds: 900, isLive: true });
  expect(JSON.stringify(saved)).not.toContain(token);
  await vi.waitFor(async () => expect(await detail()).toMatchObject({ asOf: expect.any(String) as string, running: null }), {
    timeout: 120_000,
    interval: 200,
  });
  const read = await detail();
  expect(read.runs.map(({ stream, state }) => [stream, state])).toEqual([
    ['updates', 'complete'],
    ['tickets', 'complete'],
    ['users', 'complete'],
    ['organizations', 'complete'],
    ['groups', 'complete'],
  ]);
  expect((await pool.query('select from core.item')).rowCount).toBe(60);
  expect(read.secrets.map(({ name }) => name)).toEqual(['token']);
  expect(Date.parse(read.nextSyncAt ?? '') - Date.parse(read.runs.at(-1)?.startedAt ?? '')).toBeGreaterThan(800_000);
});

test('the effect of another meaning is shown on ten items before it is taken', async () => {
  const preview = (meaning: string) =>
    answered<MeaningPreview>('POST', '/api/connections/Help%20desk/preview', { statuses: { pending: meaning } }, 200);
  await deriveFacts(pool);
  const { items } = await preview('third_party');
  expect(items).toHaveLength(10);
  for (const { id, before, after } of items) {
    const { rows } = await pool.query<{ customer: string; outcome: string }>(
      'select customer_seconds as customer, outcome from facts.item where item_id = $1',
      [id],
    );
    expect(before.outcome).toBe(rows[0]?.outcome);
    if (before.outcome !== 'open') expect(before.seconds.customer).toBe(Number(rows[0]?.customer));
    expect(after.seconds).toEqual({ ...before.seconds, customer: 0, third_party: before.seconds.customer });
  }
  expect(items.some(({ before }) => before.seconds.customer > 0)).toBe(true);
  expect((await preview('customer')).items.every(({ before, after }) => JSON.stringify(before) === JSON.stringify(after))).toBe(true);
  const ended = (await preview('done')).items.map(({ after }) => after.outcome);
  expect(ended.filter((outcome) => outcome === 'done').length).toBeGreaterThan(0);
});

test('a status given another meaning changes the numbers', async () => {
  const before = (await detail()).statuses.find(({ name }) => name === 'pending');
  expect(before?.meaning).toBe('customer');
  expect(before?.items).toBeGreaterThan(0);
  const seconds = async () => Number((await pool.query<{ s: string }>('select sum(customer_seconds) as s from facts.item')).rows[0]?.s);
  expect(await seconds()).toBeGreaterThan(0);
  const changed = await answered<ConnectionDetail>('PATCH', '/api/connections/Help%20desk', { statuses: { pending: 'third_party' } }, 200);
  expect(changed.statuses.find(({ name }) => name === 'pending')?.meaning).toBe('third_party');
  expect(await seconds()).toBe(0);
});

test('pause, resume and schedule are kept; a wrong value is refused', async () => {
  const patch = (body: unknown, status = 200) => answered<ConnectionDetail>('PATCH', '/api/connections/Help%20desk', body, status);
  expect(await patch({ isPaused: true })).toMatchObject({ state: 'paused', nextSyncAt: null });
  expect(await patch({ isPaused: false })).toMatchObject({ state: 'active' });
  expect(await patch({ everySeconds: 3600 })).toMatchObject({ everySeconds: 3600 });
  expect(await patch({ everySeconds: null })).toMatchObject({ everySeconds: null, nextSyncAt: null });
  await patch({ everySeconds: 5 }, 400);
  await patch({ statuses: { pending: 'nonsense' } }, 400);
});

test('a change in the tool is there after the next sync, begun by hand', async () => {
  const [first] = source.history;
  if (!first) throw new Error('the history is empty');
  first.events.push({
    id: 9_000,
    at: '2026-04-01T12:30:00Z',
    visibleAt: '2026-04-01T12:30:00Z',
    actor: 11,
    kind: 'change',
    field: 'status',
    from: 'New',
    to: 'Closed',
  });
  source.now = '2026-04-01T13:00:00Z';
  await answered('POST', '/api/connections/Help%20desk/sync', {}, 202);
  const told = async () => (await pool.query(`select from core.event where at = '2026-04-01T12:30:00Z'`)).rowCount;
  await vi.waitFor(async () => expect(await told()).toBe(1), { timeout: 120_000, interval: 200 });
  await vi.waitFor(async () => expect((await detail()).running).toBeNull(), { timeout: 120_000, interval: 200 });
});

test('a source that fails is stale on every page, with the time of its last good data', async () => {
  tool.fault = () => ({ kind: 'status', status: 403 });
  const before = await detail();
  await answered('POST', '/api/connections/Help%20desk/sync', {}, 202);
  await vi.waitFor(async () => expect(await detail()).toMatchObject({ failures: 1, running: null }), { timeout: 120_000, interval: 200 });
  const stale = async () => (await server.json<StateResponse>('/api/state')).connections.find(({ name }) => name === 'Help desk');
  expect(await stale()).toMatchObject({ asOf: before.asOf, stale: { failures: 1, isRefused: false } });
  expect((await stale())?.stale?.error).toContain('403');
  tool.fault = () => null;
  await answered('POST', '/api/connections/Help%20desk/sync', {}, 202);
  await vi.waitFor(async () => expect((await stale())?.stale).toBeNull(), { timeout: 120_000, interval: 200 });
  await vi.waitFor(async () => expect((await detail()).running).toBeNull(), { timeout: 120_000, interval: 200 });
});

test('how far a sync is can be asked by itself', async () => {
  expect(await server.json<ProgressResponse>('/api/connections/Help%20desk/progress')).toEqual({ running: null });
  const { status, text } = await server.get('/api/connections/Nothing/progress');
  expect([status, text]).toEqual([404, expect.stringContaining('Help desk')]);
});

test('records in quarantine are listed by kind, and dismissed by id, by kind or all', async () => {
  const { rows } = await pool.query<{ id: string }>(
    `insert into ingest.quarantine (id, connection_id, run_id, stream, external_id, position, code, reason, raw)
    select gen_random_uuid(), connection.id, gen_random_uuid(), 'tickets', 'r' || n, 'ticket ' || n,
      case when n < 3 then 'no_time' else 'odd' end, 'It has no time.', '{"n":1}'
    from ingest.connection connection, generate_series(1, 4) n
    where connection.name = 'Help desk'
    returning id`,
  );
  const listed = (query = '') => server.json<QuarantineResponse>(`/api/connections/Help%20desk/quarantine${query}`);
  const dismiss = (which: unknown) => answered('POST', '/api/connections/Help%20desk/quarantine/dismiss', which, 200);
  expect(await listed('?code=odd')).toMatchObject({
    codes: [
      { code: 'no_time', n: 2 },
      { code: 'odd', n: 2 },
    ],
    records: [
      { position: 'ticket 3', reason: 'It has no time.', raw: '{"n":1}' },
      { position: 'ticket 4', stream: 'tickets' },
    ],
  });
  expect(await dismiss({ id: rows[0]?.id })).toEqual({ dismissed: 1 });
  expect(await dismiss({ code: 'odd' })).toEqual({ dismissed: 2 });
  expect(await detail()).toMatchObject({ quarantined: 1, dismissed: 3 });
  expect((await listed('?dismissed=true&limit=1')).records).toMatchObject([{ position: 'ticket 1' }]);
  expect(await dismiss({ all: true })).toEqual({ dismissed: 1 });
  expect(await listed()).toEqual({ codes: [], records: [] });
  await answered('POST', '/api/connections/Help%20desk/quarantine/dismiss', {}, 400);
});

test('a held census is shown, and its items are gone once the number is confirmed', async () => {
  await pool.query(
    `with connection as (select id from ingest.connection where name = 'Help desk'),
    missing as (
      insert into ingest.held_absence (connection_id, external_id, missed_at)
      select id, unnest(array['1', '2']), '2026-04-01T00:00:00Z' from connection
    )
    insert into ingest.census (connection_id, taken_at, items, missing, state)
    select id, '2026-04-01T00:00:00Z', 60, 2, 'held' from connection`,
  );
  const { heldCensus } = await detail();
  expect(heldCensus).toMatchObject({ takenAt: '2026-04-01T00:00:00.000Z', items: 60, missing: 2 });
  expect(heldCensus?.examples.map(({ externalId }) => externalId).sort()).toEqual(['1', '2']);
  const confirm = <T>(missing: number, status: number) =>
    answered<T>('POST', '/api/connections/Help%20desk/census/confirm', { missing }, status);
  expect((await confirm<ErrorResponse>(3, 400)).message).toBe('2 items are missing, not 3: look at them again.');
  expect(await confirm<ConnectionDetail>(2, 200)).toMatchObject({ heldCensus: null, items: 58 });
  expect((await pool.query('select from core.item where deleted_at is not null')).rowCount).toBe(2);
});

test('a connection nobody knows is told, with those that are known', async () => {
  const { status, text } = await server.get('/api/connections/Nothing');
  expect([status, text]).toEqual([404, expect.stringContaining('Help desk')]);
});

test('removal can keep the data, without the token; or take all of it', async () => {
  await answered('DELETE', '/api/connections/Help%20desk', { keepsData: true }, 204);
  expect(await detail()).toMatchObject({ state: 'paused', secrets: [], everySeconds: null });
  expect((await pool.query('select from core.item')).rowCount).toBe(60);
  await answered('DELETE', '/api/connections/Help%20desk', { keepsData: false }, 204);
  expect((await pool.query('select from core.item')).rowCount).toBe(0);
  expect((await server.get('/api/connections/Help%20desk')).status).toBe(404);
});
