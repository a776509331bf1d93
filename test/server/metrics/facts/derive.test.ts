import { beforeEach, expect, test } from 'vitest';
import { deriveFacts, isDeriving, rebuildFacts } from '#server/metrics/facts/derive.js';
import { testDatabase } from '../../../support/database.js';
import { type StoryItem, factsOf, forget, idOf, tell, tellConnection } from '../../../support/story.js';

const { pool } = await testDatabase();

beforeEach(async () => {
  await tellConnection(pool);
  await pool.query('delete from core.item');
  await pool.query('delete from core.event');
  await rebuildFacts(pool);
  await pool.query('delete from facts.removed');
});

const story = (name: string): StoryItem => ({
  name,
  events: [
    { at: '2026-01-05T09:00:00Z', status: 'queued', team: 'A' },
    { at: '2026-01-05T10:00:00Z', kind: 'said' },
    { at: '2026-01-05T11:00:00Z', status: 'done', team: 'B' },
  ],
});

async function versionOf(item: string): Promise<string | undefined> {
  const rows = await pool.query<{ version: string }>('select version from facts.item where item_id = $1', [idOf('item', item)]);
  return rows.rows[0]?.version;
}

test('an empty model has no facts and needs no new version', async () => {
  const first = await deriveFacts(pool);
  expect(first.items).toBe(0);
  expect(await deriveFacts(pool)).toEqual(first);
});

test('only dirty items are derived, and nothing dirty writes nothing', async () => {
  await tell(pool, story('one'), story('two'));
  const first = await deriveFacts(pool);
  expect(first.items).toBe(2);
  await tell(pool, story('two'));
  const second = await deriveFacts(pool);
  expect(second).toEqual({ items: 1, version: first.version + 1 });
  expect([await versionOf('one'), await versionOf('two')]).toEqual([String(first.version), String(second.version)]);
  expect(await deriveFacts(pool)).toEqual({ items: 0, version: second.version });
});

test('an item that is gone loses its facts, and gets them back when it returns', async () => {
  await tell(pool, story('gone'), story('stays'));
  await deriveFacts(pool);
  await forget(pool, 'gone');
  const { version } = await deriveFacts(pool);
  for (const table of ['item', 'cycle', 'interval', 'ownership', 'handoff', 'silence'] as const)
    expect(await factsOf(pool, table, 'gone')).toEqual([]);
  const removed = await pool.query('select version::int from facts.removed where item_id = $1', [idOf('item', 'gone')]);
  expect(removed.rows).toEqual([{ version }]);
  await tell(pool, story('gone'));
  await deriveFacts(pool);
  expect(await factsOf(pool, 'item', 'gone')).toHaveLength(1);
  expect((await pool.query('select from facts.removed')).rowCount).toBe(0);
});

test('an item without its connection has no facts', async () => {
  await tell(pool, story('orphan'));
  await deriveFacts(pool);
  await pool.query('update core.item set connection_id = gen_random_uuid()');
  expect((await rebuildFacts(pool)).items).toBe(1);
  expect(await factsOf(pool, 'item', 'orphan')).toEqual([]);
  expect((await pool.query('select from facts.removed')).rowCount).toBe(1);
});

test('changed settings derive the items of the connection anew', async () => {
  await tell(pool, story('settled'));
  await deriveFacts(pool);
  await tellConnection(pool, { settings: { updateIntervalSeconds: 60 } });
  expect((await deriveFacts(pool)).items).toBe(1);
  expect((await deriveFacts(pool)).items).toBe(0);
});

test('readers see the old version whole until the new one is published', async () => {
  await tell(pool, story('read'));
  const { version } = await deriveFacts(pool);
  await tell(pool, story('read'), story('more'));
  const seen: unknown[] = [];
  const reading: Promise<void>[] = [];
  await deriveFacts(pool, {
    batchSize: 1,
    onProgress: () => {
      reading.push(
        pool
          .query<{ version: string; items: number }>('select s.version, (select count(*)::int from facts.item) as items from facts.state s')
          .then((state) => void seen.push(state.rows[0])),
      );
    },
  });
  await Promise.all(reading);
  // Read while the second batch was being derived, and after the last.
  expect(seen[0]).toEqual({ version: String(version), items: 1 });
  expect(await factsOf(pool, 'item', 'more')).toHaveLength(1);
});

test('a rebuild waits for whoever reads the old facts, and lets others read meanwhile', async () => {
  await tell(pool, story('one'), story('two'));
  await deriveFacts(pool);
  await pool.query("update core.item set deleted_at = '2026-02-01T00:00:00Z' where external_id = 'two'");
  const reader = await pool.connect();
  await reader.query('begin isolation level repeatable read read only');
  await reader.query('lock table facts.item, facts.cycle in access share mode');
  await reader.query('select version from facts.state');
  const isDone = { rebuild: false };
  const rebuilding = rebuildFacts(pool).then(() => (isDone.rebuild = true));
  // Until the rebuild waits for the reader's lock, and gives up its place in the queue once.
  for (let tries = 0; tries < 2;) {
    const { rows } = await pool.query<{ waits: boolean }>(
      `select exists (select from pg_locks where mode = 'AccessExclusiveLock' and not granted
         and database = (select oid from pg_database where datname = current_database())) as waits`,
    );
    if (rows[0]?.waits === (tries === 0)) tries++;
  }
  expect((await pool.query('select from facts.item')).rowCount).toBe(2);
  expect(isDone.rebuild).toBe(false);
  expect((await reader.query('select from facts.cycle')).rowCount).toBe(2);
  await reader.query('commit');
  reader.release();
  await rebuilding;
  expect((await pool.query('select from facts.item')).rowCount).toBe(1);
  expect((await pool.query('select from facts.cycle')).rowCount).toBe(1);
});

test('a rebuild that is stopped leaves the old facts, and none of its tables', async () => {
  await tell(pool, story('first'), story('second'));
  const { version } = await deriveFacts(pool);
  const stop = new AbortController();
  const stopped = rebuildFacts(pool, { batchSize: 1, signal: stop.signal, onProgress: () => stop.abort(new Error('stopped')) });
  await expect(stopped).rejects.toThrow('stopped');
  expect((await pool.query('select from facts.item')).rowCount).toBe(2);
  const partitions = await pool.query(
    "select from pg_class where relnamespace = 'facts'::regnamespace and relname like 'item\\_v%' and relkind = 'r'",
  );
  expect(partitions.rowCount).toBe(1);
  expect((await rebuildFacts(pool)).version).toBe(version + 1);
});

test('a derivation that is stopped leaves the old version and its marks', async () => {
  await tell(pool, story('first'));
  const { version } = await deriveFacts(pool);
  await tell(pool, story('second'), story('third'));
  const stop = new AbortController();
  const stopped = deriveFacts(pool, { batchSize: 1, signal: stop.signal, onProgress: () => stop.abort(new Error('stopped')) });
  await expect(stopped).rejects.toThrow('stopped');
  expect((await pool.query('select from facts.item')).rowCount).toBe(1);
  expect(await isDeriving(pool)).toBe(false);
  expect(await deriveFacts(pool)).toEqual({ items: 2, version: version + 1 });
});

test('one process derives at a time; another comes back at once or waits', async () => {
  await tell(pool, story('shared'), story('other'));
  const during: Promise<unknown>[] = [];
  const derived = await deriveFacts(pool, {
    batchSize: 1,
    onProgress: ({ done }) => {
      if (done === 1) during.push(isDeriving(pool), deriveFacts(pool, { wait: false }), deriveFacts(pool));
    },
  });
  const [isRunning, , waited] = await Promise.all(during);
  expect(isRunning).toBe(true);
  expect(waited).toEqual({ items: 0, version: derived.version });
});

test('a mark set while facts are derived is kept for the next time', async () => {
  await tell(pool, story('early'), story('later'));
  const told: Promise<void>[] = [];
  await deriveFacts(pool, {
    batchSize: 1,
    onProgress: ({ done }) => {
      if (done === 1) told.push(tell(pool, { name: 'early', events: [{ at: '2026-01-05T09:00:00Z', status: 'queued' }] }));
    },
  });
  await Promise.all(told);
  expect((await deriveFacts(pool)).items).toBe(1);
  expect((await factsOf(pool, 'item', 'early'))[0]).toMatchObject({ event_count: 1, outcome: 'open' });
});

test('tells how far it is', async () => {
  await tell(pool, story('a'), story('b'), story('c'));
  const told: unknown[] = [];
  await deriveFacts(pool, { batchSize: 2, onProgress: (progress) => told.push(progress) });
  expect(told).toEqual([
    { done: 2, total: 3 },
    { done: 3, total: 3 },
  ]);
});
