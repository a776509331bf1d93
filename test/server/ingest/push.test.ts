import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { addConnection, removeConnection } from '#etl/connections.js';
import { connectionId } from '#etl/model/ids.js';
import { holdConnection } from '#etl/sync-lock.js';
import { makePushToken } from '#server/ingest/push-tokens.js';
import { testDatabase } from '../../support/database.js';
import { feedServer } from './feed-server.js';

const { pool, url } = await testDatabase();
const server = await feedServer(pool, url);
const config = { tells: ['status', 'finish', 'team'], statuses: { Open: 'ours_active', Done: 'done' } };
let token: string;

beforeAll(async () => {
  await addConnection(pool, { name: 'other', connector: 'push', config });
});

beforeEach(async () => {
  await addConnection(pool, { name: 'crm', connector: 'push', config });
  token = await makePushToken(pool, connectionId('crm'), { replaces: true });
  return () => removeConnection(pool, 'crm');
});

function event(id: string, minute: number, more: object = {}): string {
  const at = new Date(Date.UTC(2026, 2, 2, 9, minute)).toISOString();
  return `${JSON.stringify({ id, kind: 'changed', at, item: { id: 'T1', type: 'ticket' }, ...more })}\n`;
}

function push(body: Iterable<string | Buffer>, headers: Record<string, string> = {}) {
  return server.post('/api/ingest/crm', { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson', ...headers }, body);
}

test('events sent are loaded and accounted for; sent again they change nothing', async () => {
  const body = [event('e1', 0, { status: 'Open', team: { id: 't1', name: 'Support' } }), event('e2', 5, { status: 'Done' })];
  const ledger = { connection: 'crm', state: 'complete', asOf: '2026-03-02T09:05:00.000Z', fetched: 2, quarantined: 0, refused: [] };
  expect(await push(body)).toMatchObject({ status: 200, body: { ...ledger, inserted: 2, unchanged: 0 } });
  expect(await push(body)).toMatchObject({ status: 200, body: { ...ledger, inserted: 0, unchanged: 2 } });
  const { rows } = await pool.query(
    `select event.at, status.name as status, team.name as team
    from core.event event
    left join core.status status on status.id = event.status_id
    left join core.team team on team.id = event.team_id
    order by event.at`,
  );
  expect(rows).toEqual([
    { at: new Date('2026-03-02T09:00:00Z'), status: 'Open', team: 'Support' },
    { at: new Date('2026-03-02T09:05:00Z'), status: 'Done', team: null },
  ]);
});

test('an event sent with other words replaces itself, one marked as deleted is taken back', async () => {
  await push([event('e1', 0, { status: 'Open' }), event('e2', 5, { status: 'Open' })]);
  expect(await push([event('e2', 5, { status: 'Done' })])).toMatchObject({ body: { fetched: 1, updated: 1 } });
  expect(await push(['{"id":"e1","deleted":true}'])).toMatchObject({ body: { fetched: 1, updated: 1 } });
  const { rows } = await pool.query('select status.name from core.event event join core.status status on status.id = event.status_id');
  expect(rows).toEqual([{ name: 'Done' }]);
});

test('lines that cannot be read are named with number and reason, the others are loaded', async () => {
  const good = [0, 1, 2, 3].map((minute) => event(`e${minute}`, minute, { status: 'Open' }));
  const answer = await push([...good, '{"id":\n', '\n', event('e9', 9, { staus: 'Open' }), event('e8', 8, { status: 'Op\0en' })]);
  expect(answer).toMatchObject({
    status: 200,
    body: {
      fetched: 7,
      inserted: 4,
      quarantined: 3,
      refused: [
        { line: 5, code: 'not_json' },
        { line: 7, code: 'bad_event', reason: 'the line: Unrecognized key: "staus".' },
        { line: 8, code: 'nul_or_broken_unicode' },
      ],
    },
  });
});

test('where every line fails alike nothing is loaded, and the first is named', async () => {
  expect(await push([event('e1', 0, { staus: 'Open' }), event('e2', 1, { staus: 'Open' })])).toMatchObject({
    status: 422,
    body: { statusCode: 422, message: expect.stringContaining('line 1: the line: Unrecognized key: "staus"') as string },
  });
  expect((await pool.query('select from ingest.raw_record')).rowCount).toBe(0);
});

test('12,001 events come through in pages, in one body of parts cut anywhere', async () => {
  const body = Buffer.from(Array.from({ length: 12_001 }, (_, n) => event(`e${n}`, n % 60, { status: 'Open' })).join(''));
  const parts = Array.from({ length: Math.ceil(body.length / 50_001) }, (_, n) => body.subarray(n * 50_001, (n + 1) * 50_001));
  expect(await push(parts)).toMatchObject({ status: 200, body: { fetched: 12_001, inserted: 12_001 } });
});

test('a sender that goes away leaves what came before it, and sends all of it again', async () => {
  const lines = Array.from({ length: 6_000 }, (_, n) => event(`e${n}`, n % 60, { status: 'Open' }));
  const stored = async () => (await pool.query<{ n: number }>('select count(*)::int as n from ingest.raw_record')).rows[0]?.n;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' };
  await server.breakOff('/api/ingest/crm', headers, lines.slice(0, 5_500), async () => (await stored()) === 5_000);
  const run = async () =>
    (await pool.query<{ state: string }>('select state from ingest.sync_run order by started_at desc')).rows[0]?.state;
  await vi.waitFor(async () => expect(await run()).toBe('incomplete'), { timeout: 120_000 });
  expect(await push(lines)).toMatchObject({ status: 200, body: { fetched: 6_000, inserted: 1_000, unchanged: 5_000 } });
});

test.each([
  ['no token', { authorization: '' }, 401, /A token is needed/],
  ['a wrong token', { authorization: 'Bearer tlp_guess' }, 401, /not one of a connection "crm"/],
  ['another type', { 'content-type': 'application/json' }, 415, /application\/x-ndjson/],
  ['a packed body', { 'content-encoding': 'gzip' }, 415, /"gzip" is not read/],
  ['a body announced as too long', { 'content-length': String(256 * 1024 ** 2 + 1) }, 413, /longer than 268435456 bytes/],
])('%s is answered with what would do', async (_what, headers: Record<string, string>, status, message) => {
  const answer = await push(headers['content-length'] === undefined ? [event('e1', 0)] : [], headers);
  expect(answer).toMatchObject({ status, body: { statusCode: status, message: expect.stringMatching(message) as string } });
  expect((await pool.query('select from ingest.raw_record')).rowCount).toBe(0);
});

test('a token opens its own connection only, and the one made in its place ends it', async () => {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' };
  expect(await server.post('/api/ingest/other', headers, [event('e1', 0)])).toMatchObject({ status: 401 });
  expect(await server.post('/api/ingest/nobody', headers, [event('e1', 0)])).toMatchObject({ status: 401 });
  const later = await makePushToken(pool, connectionId('crm'), { replaces: true });
  expect(await push([event('e1', 0)])).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } });
  expect(await push([event('e1', 0)], { authorization: `Bearer ${later}` })).toMatchObject({ status: 200 });
});

test('no token is kept, only its hash', async () => {
  const { rows } = await pool.query<{ row: string }>('select push_token::text as row from ingest.push_token');
  expect(rows).toHaveLength(1);
  expect(rows[0]?.row).not.toContain(token.slice(4));
});

test('while a sync of another connection runs a body is taken, of the same one it is asked to wait', async () => {
  await holdConnection(pool, { id: connectionId('other'), name: 'other' }, async () => {
    expect(await push([event('e1', 0)])).toMatchObject({ status: 200, body: { inserted: 1 } });
  });
  await holdConnection(pool, { id: connectionId('crm'), name: 'crm' }, async () => {
    expect(await push([event('e2', 1)])).toMatchObject({ status: 409, headers: { 'retry-after': '5' } });
  });
  expect(await push([event('e2', 1)])).toMatchObject({ status: 200, body: { inserted: 1 } });
});
