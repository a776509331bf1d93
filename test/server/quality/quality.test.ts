import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addConnection } from '#etl/connections.js';
import { syncConnection } from '#etl/sync.js';
import type { ConnectionQuality, QualityItemsResponse, QualityResponse } from '#server/api.js';
import { deriveFacts } from '#server/metrics/facts/derive.js';
import { testDatabase } from '../../support/database.js';
import { testServer, type TestServer } from '../dashboards/test-server.js';

const database = await testDatabase();
const { pool } = database;
const directory = await mkdtemp(join(tmpdir(), 'throughline-quality-'));
let server: TestServer;

afterAll(() => rm(directory, { recursive: true, force: true }));

const mapping = {
  rows: 'events',
  times: { format: 'yyyy-MM-dd HH:mm', zone: 'UTC' },
  item: { id: 'item', type: { value: 'task' }, customer: 'customer', created: 'created', finished: 'finished' },
  event: { at: 'at', status: 'status', team: 'team' },
  statuses: { open: 'ours_active', wait: 'customer', done: 'done' },
};

/** Seven items, each with the faults that its name says. */
const log = `item,at,status,team,customer,created,finished
sound,2026-01-05 10:00,open,A,Ada,,
sound,2026-01-06 10:00,done,A,Ada,,2026-01-06 10:00
odd status,2026-01-05 10:00,on fire,A,Ada,,
odd status,2026-01-07 10:00,open,A,Ada,,
nobody waits,2026-01-05 10:00,open,A,,,
no owner,2026-01-05 10:00,open,,Ben,,
backwards,2026-01-09 10:00,open,A,Ada,2026-01-09 10:00,2026-01-08 10:00
early word,2026-01-05 10:00,open,A,Ada,2026-01-06 10:00,
forgotten,2024-06-01 10:00,open,A,Ada,,
broken,not a time,open,A,Ada,,
`;

beforeAll(async () => {
  const file = join(directory, 'log.csv');
  await writeFile(file, log);
  await addConnection(pool, { name: 'log', connector: 'csv', config: { file, mapping } });
  await syncConnection(pool, 'log');
  await deriveFacts(pool);
  server = await testServer(database);
});

async function quality(): Promise<ConnectionQuality> {
  const { connections } = await server.json<QualityResponse>('/api/quality');
  expect(connections).toHaveLength(1);
  return connections[0] as ConnectionQuality;
}

test('counts each fault among the items that could have it', async () => {
  const { items, findings } = await quality();
  expect(items).toBe(7);
  expect(Object.fromEntries(findings.map(({ check, n, of }) => [check, [n, of]]))).toEqual({
    'status-unmapped': [1, 6],
    'no-customer': [1, 6],
    'no-team': [1, 6],
    'end-unknown': [0, 6],
    'ends-before-created': [1, 7],
    'event-before-created': [1, 6],
    'in-the-future': [0, 7],
    'silent-for-a-year': [1, 5],
    merged: [0, 7],
    duplicate: [0, 7],
    spam: [0, 7],
    test: [0, 7],
    deleted: [0, 7],
  });
});

test.each([
  ['status-unmapped', ['odd status']],
  ['no-customer', ['nobody waits']],
  ['no-team', ['no owner']],
  ['ends-before-created', ['backwards']],
  ['event-before-created', ['early word']],
  ['silent-for-a-year', ['forgotten']],
  ['merged', []],
])('lists the items behind %s, as many as it counts', async (check, names) => {
  const { total, items } = await server.json<QualityItemsResponse>(`/api/quality/items?connection=log&check=${check}`);
  expect([total, items.map((item) => item.externalId)]).toEqual([names.length, names]);
  expect((await quality()).findings.find((finding) => finding.check === check)?.n).toBe(total);
});

test('tells what the source cannot, with the reason, and what waits in quarantine', async () => {
  const { capabilities, quarantine, bots } = await quality();
  expect(capabilities.find(({ signal }) => signal === 'status')).toEqual({ signal: 'status', fidelity: 'full', reason: null, from: null });
  expect(capabilities.find(({ signal }) => signal === 'rating')).toMatchObject({ fidelity: 'none', reason: 'A table has no ratings.' });
  expect(quarantine).toEqual([{ code: 'bad_time', n: 1 }]);
  expect(bots).toEqual({ people: 0, of: 0, messages: 0, ofMessages: 0 });
});

test('says the reasons in the language asked for', async () => {
  const { connections } = await server.json<QualityResponse>('/api/quality?lang=tr');
  const rating = connections.find(({ name }) => name === 'log')?.capabilities.find(({ signal }) => signal === 'rating');
  expect(rating?.reason).toBe('Tabloda puan yok.');
  expect((await quality()).capabilities.find(({ signal }) => signal === 'rating')?.reason).toBe('A table has no ratings.');
});

test('leaves out a check whose signal the source does not tell', async () => {
  const file = join(directory, 'bare.csv');
  await writeFile(file, 'item,at,status\ni1,2026-01-05 10:00,open\n');
  const bare = { ...mapping, item: { id: 'item', type: { value: 'task' } }, event: { at: 'at', status: 'status' } };
  await addConnection(pool, { name: 'bare', connector: 'csv', config: { file, mapping: bare } });
  await syncConnection(pool, 'bare');
  await deriveFacts(pool);
  const { connections } = await server.json<QualityResponse>('/api/quality');
  const checks = connections.find(({ name }) => name === 'bare')?.findings.map(({ check }) => check);
  expect(checks).toContain('status-unmapped');
  expect(checks).not.toContain('no-customer');
  expect(checks).not.toContain('no-team');
});

test.each([
  ['check=everything&connection=log', 'everything\\"; known: status-unmapped'],
  ['check=spam', 'connection'],
  ['check=spam&connection=log&limit=0', 'limit'],
  ['check=spam&connection=log&page=2', 'page'],
])('refuses %s and says why', async (query, reason) => {
  const { status, text } = await server.get(`/api/quality/items?${query}`);
  expect([status, text]).toEqual([400, expect.stringContaining(reason)]);
});
