import { beforeEach, expect, test } from 'vitest';
import { addConnection } from '#etl/connections.js';
import { dismissQuarantine, listQuarantine, retryQuarantine } from '#etl/quarantine.js';
import { syncConnection } from '#etl/sync.js';
import { testDatabase } from '../support/database.js';
import { replayConnection } from '../support/replay.js';
import { emptyModel } from './core-hash.js';
import { change, FakeSource, record, unreadable } from './fake-connector.js';

const { pool } = await testDatabase();
const now = new Date('2026-02-01T00:00:00Z');
let source = new FakeSource();

beforeEach(async () => {
  await emptyModel(pool);
  source = new FakeSource();
  await addConnection(pool, { name: 'tool', connector: 'fake', config: {} }, source);
});

async function load(...page: FakeSource['pages'][number]) {
  source.pages = [page];
  await pool.query('delete from ingest.checkpoint');
  return syncConnection(pool, 'tool', source);
}

const waiting = async (isDismissed = false) =>
  (await listQuarantine(pool, { isDismissed })).map(({ position, reason }) => [position, reason]);
const good = change('good', 'one', 1);

test('a record that comes corrected clears its older row', async () => {
  await load(good, record('bad', { reject: 'no time' }));
  await load(good, change('bad', 'one', 2));
  expect(await waiting()).toEqual([]);
});

test('a record that comes in another form that cannot be read waits once, as it is now', async () => {
  await load(good, record('bad', { reject: 'no time' }));
  await load(good, record('bad', { reject: 'no title' }));
  expect(await waiting()).toEqual([['record bad', 'no title']]);
});

test('a record that goes back to what was read before clears its row', async () => {
  await load(good);
  await load(change('other', 'two', 1), record('good', { reject: 'no time' }));
  expect(await waiting()).toEqual([['record good', 'no time']]);
  await load(good);
  expect(await waiting()).toEqual([]);
});

test('a line that could not be taken apart is cleared by the record that stands there now', async () => {
  await load(good, unreadable('line 2'), unreadable('line 3'));
  await load(good, { ...change('b', 'one', 2), position: 'line 2' });
  expect(await waiting()).toEqual([['line 3', 'It is not a record.']]);
});

test('a replay of what was read before clears no later version that could not be read', async () => {
  await load(good);
  await load(change('other', 'two', 1), record('good', { reject: 'no time' }));
  await replayConnection(pool, 'tool', source);
  expect(await waiting()).toEqual([['record good', 'no time']]);
});

test('what is dismissed waits no more, is tried no more, and stays dismissed when it comes again', async () => {
  const bad = record('bad', { reject: 'no time' });
  await load(good, bad, unreadable('line 3'));
  expect(await dismissQuarantine(pool, 'tool', { code: 'rejected' }, now)).toBe(1);
  expect(await dismissQuarantine(pool, 'tool', { code: 'rejected' }, now)).toBe(0);
  await load(good, bad, unreadable('line 3'));
  expect(await waiting()).toEqual([['line 3', 'It is not a record.']]);
  expect(await waiting(true)).toEqual([['record bad', 'no time']]);
  expect(await retryQuarantine(pool, 'tool', source)).toEqual({ tried: 0, loaded: 0, refused: 0, unparsed: 1 });
});

test('one is dismissed by its id, and all of a connection at once', async () => {
  await load(good, record('bad', { reject: 'no time' }), record('worse', { reject: 'no time' }), unreadable('line 4'));
  const [first] = await listQuarantine(pool);
  expect(await dismissQuarantine(pool, 'tool', { id: first?.id ?? '' }, now)).toBe(1);
  expect(await waiting()).toHaveLength(2);
  expect(await dismissQuarantine(pool, 'tool', { all: true }, now)).toBe(2);
  expect(await waiting()).toEqual([]);
});

test('what was dismissed and comes corrected is read, and dismissed no more', async () => {
  await load(good, record('bad', { reject: 'no time' }));
  await dismissQuarantine(pool, 'tool', { all: true }, now);
  expect(await load(good, change('bad', 'one', 2))).toMatchObject({ inserted: 1, quarantined: 0 });
  expect(await waiting(true)).toEqual([]);
});
