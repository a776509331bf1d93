import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExplainResponse, KeptQuery, QueryHistory, QueryRunMessage, WorkbenchSchema, WorkbenchState } from '#server/api.js';
import { testDatabase } from '../../support/database.js';
import { testServer } from '../dashboards/test-server.js';
import { loadSmallCompany } from '../exports/small-company.js';
import { dropLogins } from './analysts.js';

const database = await testDatabase();
await loadSmallCompany(database.pool);
afterAll(() => dropLogins(database.pool));
const server = await testServer(database);
let address = '';

beforeAll(async () => {
  address = await server.listen();
});

async function run(body: unknown): Promise<QueryRunMessage[]> {
  const { status, text } = await server.send('POST', '/api/workbench/runs', body);
  expect([status, status === 200 ? '' : text]).toEqual([200, '']);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as QueryRunMessage);
}

/** Sends the query as a browser does, and gives its number as soon as it runs. */
async function started(text: string, signal?: AbortSignal) {
  const response = await fetch(`${address}/api/workbench/runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify({ text }),
    ...(signal && { signal }),
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw new Error('There is no body.');
  // Lines that are read late come together.
  let told = '';
  while (!told.includes('\n')) {
    const part = await reader.read();
    if (part.done) throw new Error(`The answer ended with "${told}".`);
    told += part.value;
  }
  const first = JSON.parse(told.slice(0, told.indexOf('\n'))) as { run: string };
  return {
    id: first.run,
    rest: async () => {
      for (let part = await reader.read(); !part.done; part = await reader.read()) told += part.value;
      return told;
    },
  };
}

async function outcomes(): Promise<string[]> {
  return (await server.json<QueryHistory>('/api/workbench/history')).runs.map(({ outcome }) => outcome);
}

const slow = 'select count(*) from generate_series(1, 1000000000)';

test('is set up by the first who asks, and says its limits', async () => {
  const messages = await run({ text: `select 'a' as letter, 1::bigint as one, null::int as none, now() > '2020-01-01' as yes` });
  expect(messages.map(({ kind }) => kind)).toEqual(['started', 'columns', 'rows', 'end']);
  expect(messages[1]).toEqual({
    kind: 'columns',
    columns: [
      { name: 'letter', type: 'text', kind: 'text' },
      { name: 'one', type: 'bigint', kind: 'integer' },
      { name: 'none', type: 'integer', kind: 'integer' },
      { name: 'yes', type: 'boolean', kind: 'boolean' },
    ],
  });
  expect(messages[2]).toEqual({ kind: 'rows', rows: [['a', 1, null, true]] });
  expect(messages[3]).toMatchObject({ rows: 1, cutAt: null });
  expect(await server.json<WorkbenchState>('/api/workbench/state')).toMatchObject({ isOn: true, reason: null, isChecking: false });
});

test('gives cells that keep their digits', async () => {
  const messages = await run({
    text: `select 9007199254740993, 1.10::numeric, 'NaN'::float8, timestamptz '2026-03-01 08:00:00.120Z', date '2026-03-01', uuid '00000000-0000-0000-0000-000000000001'`,
  });
  expect(messages[2]).toMatchObject({
    rows: [['9007199254740993', '1.10', 'NaN', '2026-03-01T08:00:00.12Z', '2026-03-01', '00000000-0000-0000-0000-000000000001']],
  });
});

test('tells what is wrong where, and that an instant without end is none for a file', async () => {
  expect((await run({ text: 'selec 1' })).at(-1)).toMatchObject({ kind: 'error', reason: 'query', sqlState: '42601', position: 1 });
  expect((await run({ text: `select timestamptz 'infinity' as at` })).at(-1)).toMatchObject({ kind: 'error', reason: 'query' });
});

test('names the views with what they mean, and the worked queries', async () => {
  const { views, examples } = await server.json<WorkbenchSchema>('/api/workbench/schema');
  expect(views.find(({ name }) => name === 'item')?.columns).toContainEqual({
    name: 'lead_seconds',
    type: 'bigint',
    comment: 'Creation to final finish, calendar clock. Null: not finished; never read that as zero.',
  });
  expect(examples.length).toBeGreaterThanOrEqual(22);
});

test('runs every worked query as the analyst', async () => {
  const { examples } = await server.json<WorkbenchSchema>('/api/workbench/schema');
  for (const { name, sql } of examples) expect([name, (await run({ text: sql })).at(-1)?.kind]).toEqual([name, 'end']);
});

test('explains as a tree', async () => {
  const { body } = await server.post<ExplainResponse>('/api/workbench/explain', { text: 'select team, count(*) from item group by team' });
  if ('error' in body) throw new Error(body.error.message);
  expect(body.plan).toMatchObject({ kind: 'Aggregate', children: [expect.anything()] });
  expect((await server.post('/api/workbench/explain', { text: 'select prise from item' })).body).toMatchObject({
    error: { sqlState: '42703', position: 8 },
  });
});

test('audits a plan that is asked for, also one there is none of', async () => {
  await server.post('/api/workbench/explain', { text: `select external_id from analytics.item where type = 'secret words'` });
  await server.post('/api/workbench/explain', { text: 'select prise from analytics.item' });
  const { rows } = await database.pool.query<{ outcome: string; detail: Record<string, unknown> }>(
    `select outcome, detail from app.audit where action = 'query.explain' order by id desc limit 2`,
  );
  expect(rows).toMatchObject([
    { outcome: 'failed', detail: { relations: 'analytics.item', outcome: 'query', sqlState: '42703' } },
    { outcome: 'done', detail: { relations: 'analytics.item', outcome: 'done', sqlState: null } },
  ]);
  expect(JSON.stringify(rows)).not.toContain('secret words');
});

test('notes each run, and audits it without its text', async () => {
  await run({ text: 'select item_id from analytics.item where external_id = $1', parameters: [{ type: 'text', value: 'secret words' }] });
  const { runs } = await server.json<QueryHistory>('/api/workbench/history');
  expect(runs[0]).toMatchObject({
    text: 'select item_id from analytics.item where external_id = $1',
    parameters: [{ type: 'text', value: 'secret words' }],
    outcome: 'done',
    rows: 0,
    sqlState: null,
  });
  const { rows } = await database.pool.query<{ detail: Record<string, unknown> }>(
    `select detail from app.audit where action = 'query' order by id desc limit 1`,
  );
  expect(rows[0]?.detail).toMatchObject({ relations: 'analytics.item', outcome: 'done', rows: 0 });
  expect(JSON.stringify(rows)).not.toContain('secret words');
});

test('cancels on request, one of a person after the other; a third one has to wait', async () => {
  const [first, second] = [await started(slow), await started(slow)];
  expect((await run({ text: 'select 1' })).at(-1)).toMatchObject({ kind: 'error', reason: 'busy' });
  expect(await server.delete(`/api/workbench/runs/${first.id}`)).toBe(204);
  expect(await first.rest()).toContain('"reason":"cancelled"');
  expect(await server.delete(`/api/workbench/runs/${first.id}`)).toBe(404);
  expect(await server.delete(`/api/workbench/runs/${second.id}`)).toBe(204);
  await second.rest();
  expect((await outcomes()).slice(0, 3)).toEqual(['busy', 'cancelled', 'cancelled']);
});

test('ends the query of a reader who went away', async () => {
  const leaving = new AbortController();
  await started(slow, leaving.signal);
  await expect.poll(outcomes).toContain('running');
  leaving.abort();
  await expect.poll(outcomes).not.toContain('running');
  const active = `select from pg_stat_activity where datname = current_database() and application_name ~ '^[0-9]+$' and state = 'active'`;
  await expect.poll(async () => (await database.pool.query(active)).rowCount).toBe(0);
});

test('keeps queries with their parameters, changes and removes them', async () => {
  const content = {
    title: 'Late in a team',
    text: 'select * from item where team = $1',
    parameters: [{ name: 'team', type: 'text', default: 'Desk' }],
    isShared: true,
  };
  const { body: kept } = await server.post<KeptQuery>('/api/workbench/queries', content);
  expect(kept).toMatchObject({ ...content, isOwn: true });
  expect((await server.send('PATCH', `/api/workbench/queries/${kept.id}`, { title: 'Late' })).status).toBe(200);
  expect(await server.json<KeptQuery>(`/api/workbench/queries/${kept.id}`)).toMatchObject({ ...content, title: 'Late' });
  await database.pool.query(
    `insert into app.query (owner_account_id, owner, title, text, parameters, is_shared)
    select gen_random_uuid(), 'Grace', title, 'select 1', '[]', title = 'shared' from unnest(array['shared', 'of her own']) title`,
  );
  const all = await server.json<KeptQuery[]>('/api/workbench/queries');
  expect(all.map(({ title, isOwn }) => [title, isOwn])).toEqual([
    ['Late', true],
    ['shared', false],
  ]);
  const { rows } = await database.pool.query<{ id: string }>(`select id from app.query where title = 'of her own'`);
  expect((await server.get(`/api/workbench/queries/${rows[0]?.id}`)).status).toBe(404);
  expect(await server.delete(`/api/workbench/queries/${rows[0]?.id}`)).toBe(404);
  expect(await server.delete(`/api/workbench/queries/${kept.id}`)).toBe(204);
});

test.each([
  [{ text: '' }, 'is empty'],
  [{ text: 'select 1\0' }, 'no text of PostgreSQL'],
  [{ text: 'select $1', parameters: [{ type: 'regclass', value: '1' }] }, 'type'],
  [{ text: 'select $1', parameters: [{ type: 'text', value: 1 }] }, 'string'],
  [{ text: 'select 1', limit: 1 }, 'limit'],
])('refuses %j before any statement', async (body, message) => {
  const { status, text } = await server.send('POST', '/api/workbench/runs', body);
  expect([status, text.includes(message)]).toEqual([400, true]);
});
