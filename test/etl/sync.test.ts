import { beforeEach, describe, expect, test } from 'vitest';
import { addConnection } from '#etl/connections.js';
import { SourceError } from '#etl/connector.js';
import { HttpError } from '#etl/http/errors.js';
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

test('reads what has no order anew from where the last complete run ended', async () => {
  source.order = 'unsorted';
  source.pages = [[change('a', 'one', 1)], [change('b', 'one', 2)], [change('c', 'two', 3)]];
  source.failsAt = 2;
  await expect(syncConnection(pool, 'tool', source)).rejects.toThrow('after 2 records: the line is dead');
  source.failsAt = null;
  source.reads = 0;
  expect(await syncConnection(pool, 'tool', source)).toMatchObject({ state: 'complete', fetched: 3, inserted: 1, unchanged: 2 });
  expect(source.reads).toBe(3);
});

test('calls a run that loaded nothing failed', async () => {
  source.pages = [[change('a', 'one', 1)]];
  source.failsAt = 0;
  await expect(syncConnection(pool, 'tool', source)).rejects.toThrow('the line is dead');
  expect(await rows('select state from ingest.sync_run')).toEqual([{ state: 'failed' }]);
});

describe('a stream that fails', () => {
  beforeEach(() => {
    source.streams = ['first', 'second', 'third'];
    source.pages = [[change('a', 'one', 1)]];
  });

  test('does not keep the others from being read, and the time of the data stands still', async () => {
    source.broken = { second: new SourceError('There is no such project.') };
    const outcome = await syncConnection(pool, 'tool', source);
    const message = 'tool, stream second, after 0 records: There is no such project.';
    expect(outcome).toMatchObject({ state: 'partial', fetched: 2, asOf: null, failures: [{ stream: 'second', message }] });
    expect(await rows('select stream, state, error from ingest.sync_run order by stream')).toEqual([
      { stream: 'first', state: 'complete', error: null },
      { stream: 'second', state: 'failed', error: message },
      { stream: 'third', state: 'complete', error: null },
    ]);
    expect(await rows('select failures, last_error, last_complete_at from ingest.connection')).toEqual([
      { failures: 1, last_error: message, last_complete_at: null },
    ]);
  });

  test('goes on from its own checkpoint, and then all is well', async () => {
    source.broken = { first: new SourceError('Not now.') };
    await syncConnection(pool, 'tool', source);
    source.broken = {};
    source.pages = [...source.pages, [change('b', 'one', 2)]];
    expect(await syncConnection(pool, 'tool', source)).toMatchObject({ state: 'complete', fetched: 4, failures: [] });
    expect(await rows(`select stream, fetched from ingest.sync_run where state = 'complete' order by started_at, stream`)).toEqual([
      { stream: 'second', fetched: 1 },
      { stream: 'third', fetched: 1 },
      { stream: 'first', fetched: 2 },
      { stream: 'second', fetched: 1 },
      { stream: 'third', fetched: 1 },
    ]);
    expect(await rows('select failures, last_error from ingest.connection')).toEqual([{ failures: 0, last_error: null }]);
  });

  test('is the failure of the sync where all of them fail', async () => {
    source.broken = Object.fromEntries(source.streams.map((name) => [name, new SourceError(`No ${name}.`)]));
    await expect(syncConnection(pool, 'tool', source)).rejects.toThrow('tool, stream first, after 0 records: No first.');
    expect(await rows('select stream from ingest.sync_run order by stream')).toHaveLength(3);
  });

  test.each([
    ['refuses the credentials', new HttpError('needs-auth', 'No.', { status: 401 })],
    ['asks for a pause', new HttpError('rate-limited', 'Later.', { status: 429 })],
    ['limits every try', new HttpError('unavailable', 'Slower.', { status: 429 })],
    ['does not answer at all', new HttpError('unavailable', 'Nothing.')],
  ])('ends the sync where the tool %s', async (_what, error) => {
    source.broken = { first: error };
    await expect(syncConnection(pool, 'tool', source)).rejects.toThrow('stream first');
    expect(await rows('select stream from ingest.sync_run')).toEqual([{ stream: 'first' }]);
  });
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
