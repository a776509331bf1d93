import { beforeAll, expect, test } from 'vitest';
import { addConnection } from '#etl/connections.js';
import { syncConnection } from '#etl/sync.js';
import { deriveFacts } from '#server/metrics/facts/derive.js';
import { applyRetention, setRetention } from '#server/privacy/retention.js';
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
  await setRetention(pool, 'tool', 30);
  expect(await applyRetention(pool, signal)).toEqual([{ connection: 'tool', messages: 1, rawVersions: 0, quarantined: 0 }]);
  expect(await bodies()).toEqual(['', 'The window does not close any more.']);
  const raw = await pool.query<{ text: string }>('select string_agg(payload::text, $1) as text from ingest.raw_record', ['']);
  expect(raw.rows[0]?.text).not.toContain('roof has leaked');
  expect(raw.rows[0]?.text).toContain('window does not close');
  expect(await facts()).toEqual(before);

  expect(await load(said('new', 5, 'The window does not close any more.'))).toMatchObject({ quarantined: 0 });
  expect(await bodies()).toEqual(['', 'The window does not close any more.']);
  expect(await applyRetention(pool, signal)).toMatchObject([{ messages: 0 }]);
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
  expect(JSON.parse((await server.send('PATCH', '/api/privacy/retention/tool', { keepTextsDays: null })).text)).toEqual({
    connection: 'tool',
    keepTextsDays: null,
  });
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
  expect(await server.json('/api/privacy/person?who=Zelda%20Quixote')).toMatchObject([{ kind: 'person', externalId: '7' }]);
  const { status, body } = await server.post<{ pseudonym: string }>('/api/privacy/person/erase', { who: 'Zelda Quixote' });
  expect([status, body.pseudonym]).toEqual([200, 'Erased 0190a1b2']);
  const { rows } = await pool.query(`select object, detail from app.audit where action = 'person.erase'`);
  expect(rows).toEqual([{ object: 'Erased 0190a1b2', detail: { parties: 1, messages: 0, changed: 0, reportsRemoved: 0 } }]);
  expect((await server.get('/api/privacy/person?who=Zelda%20Quixote')).status).toBe(404);
});
