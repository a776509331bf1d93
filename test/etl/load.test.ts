import fc from 'fast-check';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { addConnection } from '#etl/connections.js';
import { stagingTables } from '#etl/load/merge.sql.js';
import { loadPage, preparePage } from '#etl/load.js';
import { KnownParties } from '#etl/load/page-parties.js';
import type { LoadTarget } from '#etl/load/load-target.js';
import { connectionId } from '#etl/model/ids.js';
import { syncConnection } from '#etl/sync.js';
import { testDatabase } from '../support/database.js';
import { replayConnection } from '../support/replay.js';
import { coreHash, emptyModel } from './core-hash.js';
import { change, FakeSource, record, unreadable } from './fake-connector.js';

const { pool } = await testDatabase();
let source = new FakeSource();

beforeEach(async () => {
  await emptyModel(pool);
  source = new FakeSource();
  await addConnection(pool, { name: 'tool', connector: 'fake', config: {} }, source);
});

async function load(...pages: FakeSource['pages']) {
  source.pages = pages;
  await pool.query('delete from ingest.checkpoint');
  return syncConnection(pool, 'tool', source);
}

async function rows(sql: string) {
  return (await pool.query<Record<string, unknown>>(sql)).rows;
}

describe('the ledger', () => {
  test('counts each record once, as what it was', async () => {
    await load([change('a', 'one', 1), change('b', 'one', 2)]);
    const outcome = await load([
      change('a', 'one', 1), // unchanged
      change('b', 'one', 2, { status: 'open' }), // updated
      change('c', 'two', 3), // inserted
      change('c', 'two', 3), // duplicate
      unreadable('line 5'), // quarantined
    ]);
    expect(outcome).toMatchObject({ fetched: 5, unchanged: 1, updated: 1, inserted: 1, duplicate: 1, quarantined: 1, state: 'complete' });
    expect(
      await rows(
        `select fetched, inserted, updated, unchanged, duplicate, quarantined, state from ingest.sync_run order by started_at desc limit 1`,
      ),
    ).toEqual([{ fetched: 5, inserted: 1, updated: 1, unchanged: 1, duplicate: 1, quarantined: 1, state: 'complete' }]);
  });

  test('counts what only a sweep found, and only where it is new', async () => {
    const late = { ...change('b', 'one', 2), isLate: true };
    expect((await load([change('a', 'one', 1), late])).warnings).toEqual({ late_row: 1 });
    expect((await load([change('a', 'one', 1), late])).warnings).toEqual({});
  });

  test('counts a record that comes again on a later page of the run as a duplicate', async () => {
    const outcome = await load([change('a', 'one', 1)], [change('a', 'one', 1), change('b', 'one', 2)]);
    expect(outcome).toMatchObject({ inserted: 2, duplicate: 1 });
  });

  test('marks no item dirty and writes no row where nothing changed', async () => {
    await load([change('a', 'one', 1)]);
    await pool.query('delete from facts.dirty');
    const before = await rows('select xmin::text from core.event');
    await load([change('a', 'one', 1)]);
    expect(await rows('select count(*)::int as n from facts.dirty')).toEqual([{ n: 0 }]);
    expect(await rows('select xmin::text from core.event')).toEqual(before);
  });
});

describe('further names of an item', () => {
  const known = (id: string, item: string, minute: number, ...aliases: string[]) => {
    const told = change(id, item, minute);
    const payload = JSON.parse(JSON.stringify(told.payload)) as { item: object };
    return { ...told, payload: { ...payload, item: { ...payload.item, aliases } } } as typeof told;
  };
  const names = () =>
    rows(`select external_id as item, count(*)::int as names from core.alias join core.item using (item_id) group by 1 order by 1`);

  test('go with the record that tells them, and come back with a replay', async () => {
    await load([known('a', 'one', 1, 'SUP-1', 'SUP-2'), known('b', 'two', 1, 'SUP-3')]);
    expect(await names()).toEqual([
      { item: 'one', names: 2 },
      { item: 'two', names: 1 },
    ]);
    await load([known('a', 'one', 2, 'SUP-2')]);
    expect(await names()).toEqual([
      { item: 'one', names: 1 },
      { item: 'two', names: 1 },
    ]);
    const before = await coreHash(pool);
    await replayConnection(pool, 'tool', source);
    expect(await coreHash(pool)).toBe(before);
  });
});

describe('a changed record', () => {
  test('becomes a new version, and its earlier events are replaced', async () => {
    await load([change('a', 'one', 1, { status: 'open' })]);
    await load([change('a', 'one', 7, { status: 'closed' })]);
    expect(await rows('select version from ingest.raw_record order by version')).toEqual([{ version: 1 }, { version: 2 }]);
    expect(await rows('select at, status.name from core.event join core.status on status.id = status_id')).toEqual([
      { at: new Date('2026-01-05T00:07:00Z'), name: 'closed' },
    ]);
  });

  test('that now speaks of another item leaves none of its story with the first', async () => {
    await load([change('a', 'one', 1), change('b', 'two', 2)]);
    await load([change('a', 'two', 1)]);
    expect(await rows('select external_id from core.item')).toEqual([{ external_id: 'two' }]);
    expect(await rows('select count(*)::int as n from core.event')).toEqual([{ n: 2 }]);
  });

  test('that now speaks of an earlier moment gives the description back to the record that is later', async () => {
    await load([change('a', 'one', 5, { title: 'from a' }), change('b', 'one', 3, { title: 'from b' })]);
    expect(await rows('select title from core.item')).toEqual([{ title: 'from a' }]);
    await load([change('a', 'one', 1, { title: 'from a, earlier' })]);
    expect(await rows('select title from core.item')).toEqual([{ title: 'from b' }]);
  });

  test('that is deleted takes back what it said, and the item with its last record', async () => {
    await load([change('a', 'one', 1), change('b', 'one', 2), change('c', 'two', 3)]);
    await load([record('b', {}, 'delete'), record('c', {}, 'delete')]);
    expect(await rows('select external_id, as_of_seq::int from core.item')).toEqual([{ external_id: 'one', as_of_seq: 1 }]);
    expect(await rows('select count(*)::int as n from core.event')).toEqual([{ n: 1 }]);
  });
});

describe('an item', () => {
  test('is described by its latest record, whichever came first', async () => {
    await load([change('b', 'one', 2, { title: 'later' })], [change('a', 'one', 1, { title: 'earlier' })]);
    expect(await rows('select title from core.item')).toEqual([{ title: 'later' }]);
  });

  test('has the id as name of a team nobody described, and its name once someone does', async () => {
    await load([change('a', 'one', 1, { team: 't1' })]);
    expect(await rows('select name from core.team')).toEqual([{ name: 't1' }]);
    await load([record('team', { teams: [{ externalId: 't1', name: 'Support' }] })]);
    await load([change('b', 'one', 2, { team: 't1' })]);
    expect(await rows('select name from core.team')).toEqual([{ name: 'Support' }]);
  });
});

describe('a value the database cannot keep', () => {
  const at = '2026-01-05T00:00:00Z';
  const item = { externalId: 'x', asOfAt: at, asOfSeq: 0, type: 'task' };
  const poison = {
    nul: record('p1', { item: { ...item, title: 'a\0b' } }),
    surrogate: record('p2', { item: { ...item, title: '\ud800' } }),
    'a year out of range': record('p3', { item: { ...item, createdAt: '9999-12-31T00:00:00Z' } }),
    infinity: record('p4', { item: { ...item, createdAt: 'infinity' } }),
    'a day that does not exist': record('p5', { item: { ...item, createdAt: '2026-02-30T00:00:00Z' } }),
    'an over-long text': record('p6', { item: { ...item, title: 'x'.repeat(1_000_001) } }),
    'a rating out of range': record('p7', { item, events: [{ externalId: 'e', kind: 'rated', at, seq: 0, rating: 7 }] }),
  };

  test.each(Object.entries(poison))('is quarantined with its record: %s', async (_name, bad) => {
    const outcome = await load([change('good', 'one', 1), bad]);
    expect(outcome).toMatchObject({ state: 'complete', inserted: 1, quarantined: 1 });
    expect(await rows('select external_id from core.item')).toEqual([{ external_id: 'one' }]);
  });

  test('is found by halving the page where only the database knows it', async () => {
    await pool.query(`alter table core.item add constraint no_forbidden check (title <> 'forbidden')`);
    const page = Array.from({ length: 40 }, (_, index) =>
      change(`r${index}`, `i${index}`, index, { title: index === 11 || index === 12 ? 'forbidden' : 'fine' }),
    );
    const outcome = await load(page);
    await pool.query('alter table core.item drop constraint no_forbidden');
    expect(outcome).toMatchObject({ state: 'complete', fetched: 40, inserted: 38, quarantined: 2 });
    expect(await rows('select external_id, code from ingest.quarantine order by external_id')).toEqual([
      { external_id: 'r11', code: '23514' },
      { external_id: 'r12', code: '23514' },
    ]);
  });

  test('is not counted twice when it comes again, and is resolved when the record becomes readable', async () => {
    await load([change('good', 'one', 1), record('bad', { reject: 'no time' })]);
    await load([change('good', 'one', 1), record('bad', { reject: 'no time' })]);
    expect(await rows('select reason, resolved_at from ingest.quarantine')).toEqual([{ reason: 'no time', resolved_at: null }]);
    await load([change('bad', 'one', 2)]);
    expect(await rows('select count(*)::int as open from ingest.quarantine where resolved_at is null')).toEqual([{ open: 0 }]);
  });
});

test('a page is refused when another worker moved the checkpoint in between', async () => {
  const client = await pool.connect();
  onTestFinished(() => client.release());
  await client.query(stagingTables);
  const target: LoadTarget = {
    connectionId: connectionId('tool'),
    stream: 'records',
    runId: crypto.randomUUID(),
    connector: source.connectors['fake'] as LoadTarget['connector'],
    config: {},
    statuses: {},
    known: new KnownParties(),
    seenAt: '2026-01-05T00:00:00Z',
    isFresh: true,
    hasQuarantine: false,
  };
  const page = (id: string) =>
    preparePage(target, { records: [change(id, id, 1)], next: { v: 1, state: 1 }, done: false, sourceNow: null });
  await loadPage(client, target, page('a'), { cursor: 1, expectedSeq: 0 });
  await expect(loadPage(client, target, page('b'), { cursor: 1, expectedSeq: 0 })).rejects.toThrow(
    'another worker has moved the checkpoint',
  );
  await loadPage(client, target, page('c'), { cursor: 2, expectedSeq: 1 });
  await expect(loadPage(client, target, page('d'), { cursor: 3, expectedSeq: 1 })).rejects.toThrow('since page 1; nothing of this page');
  expect(await rows('select external_id from core.item order by external_id')).toEqual([{ external_id: 'a' }, { external_id: 'c' }]);
  expect(await rows('select cursor, seq::int from ingest.checkpoint')).toEqual([{ cursor: 2, seq: 2 }]);
});

test('order, page breaks and repetitions change nothing in the end', async () => {
  const records = Array.from({ length: 24 }, (_, index) =>
    change(`r${index}`, `i${index % 5}`, (index * 7) % 24, {
      title: `title ${index}`,
      team: `team ${index % 3}`,
      status: index % 2 === 0 ? 'open' : 'strange',
    }),
  );
  await load(records);
  const expected = await coreHash(pool);
  const order = fc.array(fc.nat({ max: 23 }), { minLength: 0, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(records, { minLength: 24 }),
      order,
      fc.integer({ min: 1, max: 9 }),
      async (shuffled, again, size) => {
        await emptyModel(pool);
        await addConnection(pool, { name: 'tool', connector: 'fake', config: {} }, source);
        const sent = [...shuffled, ...again.flatMap((index) => records[index] ?? [])];
        await load(...Array.from({ length: Math.ceil(sent.length / size) }, (_, page) => sent.slice(page * size, (page + 1) * size)));
        expect(await coreHash(pool)).toBe(expected);
      },
    ),
    { numRuns: 15 },
  );
});
