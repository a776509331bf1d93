import { beforeAll, expect, test } from 'vitest';
import type { ErasedResponse, FoundPerson, HeldPerson, RetentionResponse } from '#server/api.js';
import { addConnection } from '#etl/connections.js';
import { syncConnection } from '#etl/sync.js';
import { deriveFacts } from '#server/metrics/facts/derive.js';
import { applyRetention } from '#server/privacy/apply-retention.js';
import { readDue, readRetention, setRetention } from '#server/privacy/retention.js';
import { FakeSource, record } from '../../etl/fake-connector.js';
import { testDatabase } from '../../support/database.js';
import { testServer } from '../dashboards/test-server.js';

const database = await testDatabase();
const { pool } = database;
const server = await testServer(database);
const source = new FakeSource();
const signal = new AbortController().signal;
const dayMs = 86_400_000;
const begunAt = Date.now();

function said(id: string, daysAgo: number, body: string, title = 'Roof') {
  const at = new Date(begunAt - daysAgo * dayMs).toISOString();
  return record(id, {
    item: { externalId: id, asOfAt: at, asOfSeq: 0, type: 'ticket', title, createdAt: at },
    events: [
      { externalId: `${id}-0`, kind: 'created', at, seq: 0, status: 'open' },
      { externalId: `${id}-1`, kind: 'said', at, seq: 1, side: 'customer', isPublic: true, message: { body, attachments: ['roof.jpg'] } },
    ],
  });
}

const load = async (...records: FakeSource['pages'][number]) => {
  source.pages = [records];
  await pool.query('delete from ingest.checkpoint');
  return syncConnection(pool, 'tool', source);
};
const bodies = async () =>
  (
    await pool.query<{ body: string }>('select m.body from core.message m join core.event e using (item_id, event_id) order by e.at')
  ).rows.map(({ body }) => body);
const facts = async () => (await pool.query('select to_jsonb(t) as row from facts.turn t order by 1')).rows;

beforeAll(async () => {
  await addConnection(pool, { name: 'tool', connector: 'fake', config: {} }, source);
  await load(said('old', 100, 'The roof has leaked since Monday.'), said('new', 5, 'The window does not close any more.'));
  await deriveFacts(pool, { signal });
});

test('texts stay as long as no limit is set', async () => {
  expect(await applyRetention(pool, signal)).toEqual([]);
  expect(await bodies()).toEqual(['The roof has leaked since Monday.', 'The window does not close any more.']);
});

test('texts that are older go from story and raw records, facts stay, and reading the same again brings none back', async () => {
  const before = await facts();
  const oldest = new Date(begunAt - 100 * dayMs).toISOString();
  expect(await readDue(pool, 'tool', 30)).toMatchObject({ messages: 1, rawVersions: 0, quarantined: 0 });
  expect((await readDue(pool, 'tool', 30)).oldestAt?.slice(0, 19)).toBe(oldest.slice(0, 19));
  expect(await readDue(pool, 'tool', 101)).toEqual({ messages: 0, rawVersions: 0, quarantined: 0, oldestAt: null });
  await setRetention(pool, 'tool', { keepTextsDays: 30, isPaused: true });
  expect(await applyRetention(pool, signal)).toEqual([]);
  await setRetention(pool, 'tool', { isPaused: false });
  expect(await applyRetention(pool, signal)).toEqual([{ connection: 'tool', messages: 1, rawVersions: 0, quarantined: 0 }]);
  expect(await bodies()).toEqual(['', 'The window does not close any more.']);
  const raw = await pool.query<{ text: string }>('select string_agg(payload::text, $1) as text from ingest.raw_record', ['']);
  expect(raw.rows[0]?.text).not.toContain('roof has leaked');
  expect(raw.rows[0]?.text).toContain('window does not close');
  expect(await facts()).toEqual(before);

  expect(await load(said('new', 5, 'The window does not close any more.'))).toMatchObject({ quarantined: 0 });
  expect(await bodies()).toEqual(['', 'The window does not close any more.']);
  expect(await applyRetention(pool, signal)).toMatchObject([{ messages: 0 }]);
  expect(await readRetention(pool)).toMatchObject([{ connection: 'tool', keepTextsDays: 30, isPaused: false, lastRun: { messages: 0 } }]);
});

test('versions that were replaced and settled records of the quarantine go too', async () => {
  await load(said('new', 5, 'The window does not close any more.', 'Window'));
  await pool.query(`update ingest.raw_record set seen_at = now() - interval '40 days'`);
  await pool.query(
    `insert into ingest.quarantine (id, connection_id, run_id, stream, position, code, reason, raw, dismissed_at)
    select gen_random_uuid(), id, gen_random_uuid(), 's', 'p', 'c', 'r', 'x', now() - interval '31 days' from ingest.connection`,
  );
  expect(await applyRetention(pool, signal)).toMatchObject([{ connection: 'tool', rawVersions: 1, quarantined: 1 }]);
  const { rows } = await pool.query('select count(*)::int as n from ingest.raw_record');
  expect(rows).toEqual([{ n: 2 }]);
});

test('the limit is set by the API, and recorded; so is what was taken away', async () => {
  const { connections, nextAt, isRunning } = await server.json<RetentionResponse>('/api/privacy/retention');
  expect(connections).toMatchObject([{ connection: 'tool', keepTextsDays: 30, lastRun: { messages: 0, rawVersions: 1, quarantined: 1 } }]);
  expect([Date.parse(connections[0]?.setAt ?? '') >= begunAt - dayMs, Date.parse(nextAt) >= begunAt - dayMs, isRunning]).toEqual([
    true,
    true,
    false,
  ]);
  expect(await server.json('/api/privacy/retention/tool/due?days=1')).toMatchObject({ messages: 1 });
  expect(JSON.parse((await server.send('PATCH', '/api/privacy/retention/tool', { keepTextsDays: null })).text)).toMatchObject({
    connection: 'tool',
    keepTextsDays: null,
    isPaused: false,
  });
  expect((await server.send('PATCH', '/api/privacy/retention/tool', {})).status).toBe(400);
  expect((await server.get('/api/privacy/retention/other/due?days=1')).status).toBe(404);
  for (const days of ['0x10', '1e3', '%20%31', '0', '1.5', ''])
    expect([days, (await server.get(`/api/privacy/retention/tool/due?days=${days}`)).status]).toEqual([days, 400]);
  expect((await server.send('PATCH', '/api/privacy/retention/tool', { keepTextsDays: 0 })).status).toBe(400);
  expect((await server.send('PATCH', '/api/privacy/retention/other', { keepTextsDays: 9 })).status).toBe(404);
  const { rows } = await pool.query(`select action, object, detail from app.audit order by id`);
  expect(rows).toEqual([
    { action: 'retention', object: 'tool', detail: { messages: 1, rawVersions: 0, quarantined: 0 } },
    { action: 'retention', object: 'tool', detail: { messages: 0, rawVersions: 1, quarantined: 1 } },
    { action: 'setting.change', object: 'tool', detail: { keepTextsDays: null } },
  ]);
});

test('a person is erased by the API under the pseudonym, and the log does not name the person', async () => {
  await pool.query(
    `insert into core.person (id, connection_id, external_id, name)
    select '0190a1b2-0000-4000-8000-000000000001', id, '7', 'Zelda Quixote' from ingest.connection`,
  );
  const search = async (text: string) => (await server.post<FoundPerson[]>('/api/privacy/people', { search: text })).body;
  expect(await search('quix')).toMatchObject([{ name: 'Zelda Quixote', address: null, parties: [{ kind: 'person', externalId: '7' }] }]);
  expect(await search('nemo')).toEqual([]);
  const held = await server.post<HeldPerson>('/api/privacy/person/held', { who: 'Zelda Quixote' });
  expect(held.body).toMatchObject({ parties: [{ connection: 'tool', items: 0, messages: 0 }], counts: { changed: 0, places: [] } });
  expect((await server.post('/api/privacy/person/held', { who: 'Nemo' })).status).toBe(404);
  const { status, body } = await server.post<{ pseudonym: string }>('/api/privacy/person/erase', { who: 'Zelda Quixote' });
  expect([status, body.pseudonym]).toEqual([200, 'Erased 0190a1b2']);
  const { rows } = await pool.query(`select object, detail from app.audit where action = 'person.erase'`);
  expect(rows).toEqual([{ object: 'Erased 0190a1b2', detail: { parties: 1, messages: 0, changed: 0, reportsRemoved: 0 } }]);
  expect(await search('quix')).toEqual([]);
  expect(await search('Erased')).toEqual([]);
});

test('says until when backups hold the erased, once it is told how long they are kept', async () => {
  await pool.query(`update ingest.erasure set erased_at = '2026-03-01T00:00:00Z'`);
  await pool.query(
    `insert into app.audit (name, role, by, action, outcome, detail) values ('ops', 'admin', 'command', 'backup', 'done', '{}')`,
  );
  const before = await server.json<ErasedResponse>('/api/privacy/erased');
  expect(before).toMatchObject({
    people: [{ pseudonym: 'Erased 0190a1b2', at: '2026-03-01T00:00:00.000Z', parties: 1, goneFromBackupsAt: null }],
    backups: { keepDays: null, known: 1 },
    step: null,
  });
  const { text } = await server.send('PATCH', '/api/privacy/backups', { keepDays: 30 });
  expect(JSON.parse(text)).toMatchObject({
    people: [{ goneFromBackupsAt: '2026-03-31T00:00:00.000Z' }],
    backups: { keepDays: 30 },
  });
});
