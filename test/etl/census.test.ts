import { afterEach, beforeEach, expect, test } from 'vitest';
import { confirmCensus, readHeldCensus } from '#etl/held-census.js';
import { testDatabase } from '../support/database.js';
import { replayConnection } from '../support/replay.js';
import { day, historyFor, setUp } from './conformance/bench-of-one.js';
import { reference } from './conformance/reference/harness.js';

const { pool } = await testDatabase();
let bench: Awaited<ReturnType<typeof setUp>>;

beforeEach(async () => {
  bench = await setUp(pool, reference, historyFor(reference, { items: 30, events: 2 }));
  await bench.connect();
  await bench.sync({ census: 'always' });
});
afterEach(() => bench.end());

async function deleted(): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>('select external_id as id from core.item where deleted_at is not null order by 1');
  return rows.map(({ id }) => id);
}

/** A sync with a census, a day later. */
async function nextDay(): Promise<Record<string, number>> {
  bench.source.advance(day);
  return (await bench.sync({ census: 'always' })).warnings;
}

test('one miss marks nothing, the second one marks what is gone', async () => {
  bench.source.delete(4, 9);
  expect(await nextDay()).toEqual({});
  expect(await deleted()).toEqual([]);
  expect(await nextDay()).toEqual({ deleted_item: 2 });
  expect(await deleted()).toEqual(['4', '9']);
  const at = await pool.query(`select distinct deleted_at from core.item where deleted_at is not null`);
  expect(at.rows).toEqual([{ deleted_at: new Date('2026-02-02T00:00:00Z') }]);
});

test('a deleted item is marked for the facts and looked at no more', async () => {
  bench.source.delete(4);
  await nextDay();
  await pool.query('truncate facts.dirty');
  await nextDay();
  expect((await pool.query('select from facts.dirty')).rowCount).toBe(1);
  const asked = bench.server.requests;
  expect(await nextDay()).toEqual({});
  const lines = bench.network.lines.slice(-(bench.server.requests - asked));
  expect(lines.filter(({ url }) => url.endsWith('/items/4'))).toEqual([]);
});

test('what the census lists again is neither missing nor deleted', async () => {
  bench.source.delete(5);
  await nextDay();
  await nextDay();
  expect(await deleted()).toEqual(['5']);
  bench.source.restore(5);
  await nextDay();
  expect(await deleted()).toEqual([]);
  expect((await pool.query('select from ingest.absence')).rowCount).toBe(0);
});

test('more than a twentieth missing at once holds the census and counts nothing', async () => {
  bench.source.delete(1, 2, 3, 4, 5, 6, 7);
  expect(await nextDay()).toEqual({ census_held: 7 });
  expect(await nextDay()).toEqual({ census_held: 7 });
  expect(await deleted()).toEqual([]);
  expect((await pool.query('select items, missing, state from ingest.census')).rows).toEqual([{ items: 30, missing: 7, state: 'held' }]);
  expect((await pool.query('select from ingest.absence')).rowCount).toBe(0);
});

test('a held census says what it missed, and takes it as gone once somebody confirms the number', async () => {
  bench.source.delete(1, 2, 3, 4, 5, 6, 7);
  await nextDay();
  const held = await readHeldCensus(pool, 'tool');
  expect(held).toMatchObject({ takenAt: '2026-02-02T00:00:00.000Z', items: 30, missing: 7 });
  expect(held?.examples.map(({ externalId }) => externalId).sort()).toEqual(['1', '2', '3', '4', '5', '6', '7']);
  await expect(confirmCensus(pool, 'tool', 6)).rejects.toThrow('7 items are missing, not 6: look at them again.');
  await pool.query('truncate facts.dirty');
  expect(await confirmCensus(pool, 'tool', 7)).toBe(7);
  expect(await deleted()).toEqual(['1', '2', '3', '4', '5', '6', '7']);
  expect((await pool.query('select from facts.dirty')).rowCount).toBe(7);
  expect(await readHeldCensus(pool, 'tool')).toBeNull();
  await expect(confirmCensus(pool, 'tool', 7)).rejects.toThrow('No census of "tool" waits to be confirmed.');
  expect(await nextDay()).toEqual({});
});

test('what was confirmed as gone comes back with a census that lists it', async () => {
  bench.source.delete(1, 2, 3, 4, 5, 6, 7);
  await nextDay();
  await confirmCensus(pool, 'tool', 7);
  bench.source.restore(3);
  await nextDay();
  expect(await deleted()).toEqual(['1', '2', '4', '5', '6', '7']);
});

test('a census that finds the items again waits for nobody', async () => {
  bench.source.delete(1, 2, 3, 4, 5, 6, 7);
  await nextDay();
  bench.source.restore(1, 2, 3, 4, 5, 6);
  await nextDay();
  expect(await readHeldCensus(pool, 'tool')).toBeNull();
  expect((await pool.query('select from ingest.held_absence')).rowCount).toBe(0);
});

test('a census that breaks off counts nothing', async () => {
  bench.source.delete(4);
  bench.source.advance(day);
  const census = async function* () {
    yield ['1', '2'];
    throw new Error('the line is dead');
  };
  const broken = { ...reference.connector, census };
  await expect(bench.sync({ census: 'always', connectors: { reference: broken } })).rejects.toThrow('tool, census: the line is dead');
  expect((await pool.query('select from ingest.absence')).rowCount).toBe(0);
});

test('a deletion outlives a replay', async () => {
  bench.source.delete(4);
  await nextDay();
  await nextDay();
  await replayConnection(pool, 'tool', { connectors: { reference: reference.connector } });
  expect(await deleted()).toEqual(['4']);
});

test('a census is taken once a day unless it is asked for', async () => {
  const isAsked = () => bench.network.lines.some(({ url }) => url.endsWith('/ids'));
  bench.network.lines.length = 0;
  bench.source.advance(day / 2);
  await bench.sync({ census: 'daily' });
  expect(isAsked()).toBe(false);
  bench.source.advance(day / 2);
  await bench.sync({ census: 'daily' });
  expect(isAsked()).toBe(true);
});
