import { beforeEach, expect, test } from 'vitest';
import { addConnection } from '#etl/connections.js';
import { syncConnection } from '#etl/sync.js';
import { holdConnection } from '#etl/sync-lock.js';
import { connectionId } from '#etl/model/ids.js';
import { testDatabase } from '../support/database.js';
import { emptyModel } from './core-hash.js';
import { change, FakeSource, record } from './fake-connector.js';

const { pool } = await testDatabase();
let source = new FakeSource();

beforeEach(async () => {
  await emptyModel(pool);
  source = new FakeSource();
  await addConnection(pool, { name: 'tool', connector: 'fake', config: {} }, source);
});

async function rows(sql: string) {
  return (await pool.query<Record<string, unknown>>(sql)).rows;
}

test('takes the latest time seen as the time of the data where the source has no clock', async () => {
  source.pages = [[change('b', 'one', 30)], [change('a', 'one', 5)]];
  expect(await syncConnection(pool, 'tool', source)).toMatchObject({ state: 'complete', asOf: '2026-01-05T00:30:00.000Z' });
});

test("takes the source's own clock where it has one", async () => {
  source.pages = [[change('a', 'one', 5)]];
  source.sourceNow = '2026-01-06T08:00:00Z';
  expect(await syncConnection(pool, 'tool', source)).toMatchObject({ asOf: '2026-01-06T08:00:00.000Z' });
});

test('keeps the pages before a failure, names the place, and goes on from there', async () => {
  source.pages = [[change('a', 'one', 1)], [change('b', 'one', 2)], [change('c', 'two', 3)]];
  source.failsAt = 2;
  await expect(syncConnection(pool, 'tool', source)).rejects.toThrow('tool, stream records, after 2 records: the line is dead');
  expect(await rows('select state, fetched, error from ingest.sync_run')).toEqual([
    { state: 'incomplete', fetched: 2, error: 'tool, stream records, after 2 records: the line is dead' },
  ]);
  expect(await rows('select as_of_at, last_complete_at from ingest.connection')).toEqual([{ as_of_at: null, last_complete_at: null }]);
  source.failsAt = null;
  source.reads = 0;
  expect(await syncConnection(pool, 'tool', source)).toMatchObject({ state: 'complete', fetched: 1, inserted: 1 });
  expect(source.reads).toBe(1);
});

test('calls a run that loaded nothing failed', async () => {
  source.pages = [[change('a', 'one', 1)]];
  source.failsAt = 0;
  await expect(syncConnection(pool, 'tool', source)).rejects.toThrow('the line is dead');
  expect(await rows('select state from ingest.sync_run')).toEqual([{ state: 'failed' }]);
});

test('stops between two pages on request', async () => {
  source.pages = [[change('a', 'one', 1)], [change('b', 'one', 2)]];
  const stop = new AbortController();
  const outcome = await syncConnection(pool, 'tool', {
    ...source,
    connectors: source.connectors,
    signal: stop.signal,
    onProgress: () => stop.abort(),
  });
  expect(outcome).toMatchObject({ state: 'incomplete', fetched: 1, asOf: null });
  expect(await rows('select state, error from ingest.sync_run')).toEqual([{ state: 'incomplete', error: 'Stopped on request.' }]);
});

test('refuses to run beside another sync of the same connection', async () => {
  await holdConnection(pool, { id: connectionId('tool'), name: 'tool' }, async () => {
    await expect(syncConnection(pool, 'tool', source)).rejects.toThrow('"tool" is already syncing in another process');
  });
});

test('closes the run of a process that died', async () => {
  await pool.query(
    `insert into ingest.sync_run (id, connection_id, stream, state, started_at) values (gen_random_uuid(), $1, 'records', 'running', '2026-01-01T00:00:00Z')`,
    [connectionId('tool')],
  );
  source.pages = [[change('a', 'one', 1)]];
  await syncConnection(pool, 'tool', source);
  expect(await rows('select state from ingest.sync_run order by started_at')).toEqual([{ state: 'failed' }, { state: 'complete' }]);
});

test('loads nothing where the records of the first page fail alike, and gives the first reason', async () => {
  source.pages = [
    Array.from({ length: 30 }, (_, n) => (n < 20 ? record(`r${n}`, { reject: 'Column "at" is "1/2/2026"' }) : change(`r${n}`, 'one', n))),
  ];
  await expect(syncConnection(pool, 'tool', source)).rejects.toThrow(
    '20 of the first 30 records fail alike, so nothing was loaded. record r0: Column "at" is "1/2/2026"',
  );
  expect(await rows('select count(*)::int as n from ingest.raw_record')).toEqual([{ n: 0 }]);
  expect(await rows('select count(*)::int as n from ingest.quarantine')).toEqual([{ n: 0 }]);
});

test('names the known connections where one is unknown', async () => {
  await expect(syncConnection(pool, 'tol', source)).rejects.toThrow('Unknown connection "tol"; known: "tool".');
});
