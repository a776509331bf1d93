import { afterEach, beforeEach, expect, test } from 'vitest';
import { NotDue } from '#etl/sync-health.js';
import { testDatabase } from '../support/database.js';
import { historyFor, minute, setUp } from './conformance/bench-of-one.js';
import { reference } from './conformance/reference/harness.js';

const { pool } = await testDatabase();
let bench: Awaited<ReturnType<typeof setUp>>;

beforeEach(async () => {
  bench = await setUp(pool, reference, historyFor(reference, { items: 5 }));
  await bench.connect();
});
afterEach(() => bench.end());

async function health() {
  const { rows } = await pool.query<{ state: string; failures: number; retry: Date | null; error: string | null }>(
    'select state, failures, retry_at as retry, last_error as error from ingest.connection',
  );
  return { ...rows[0], retry: rows[0]?.retry ? (rows[0].retry.getTime() - Date.parse(bench.source.now)) / minute : null };
}

test('waits longer after each failure, an hour at most, and not at all after a success', async () => {
  bench.server.fault = () => ({ kind: 'login' });
  const waits: (number | null)[] = [];
  for (let failure = 0; failure < 7; failure += 1) {
    await expect(bench.sync()).rejects.toThrow();
    waits.push((await health()).retry);
  }
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60]);
  await expect(bench.sync({ isScheduled: true })).rejects.toThrow(/is not asked before 2026-02-01T01:00:00.000Z: its last sync failed/);
  bench.server.fault = () => null;
  await bench.sync();
  expect(await health()).toEqual({ state: 'active', failures: 0, retry: null, error: null });
});

test('comes back when the tool says', async () => {
  bench.server.fault = () => ({ kind: 'status', status: 429, headers: { 'retry-after': '1800' } });
  await expect(bench.sync()).rejects.toThrow('it may be asked again in 30 minutes');
  const { retry, state } = await health();
  expect(state).toBe('active');
  expect(Math.round(retry ?? 0)).toBe(30);
});

test('asks for new credentials after three refusals, and then no more than every 15 minutes', async () => {
  bench.server.secret = 'a-token-that-was-renewed';
  for (let refusal = 1; refusal <= 3; refusal += 1) {
    await expect(bench.sync()).rejects.toThrow('The credentials are not accepted: give new ones.');
    expect(await health()).toMatchObject({ state: refusal < 3 ? 'active' : 'needs_auth', failures: refusal, retry: 15 });
  }
  await expect(bench.sync({ isScheduled: true })).rejects.toThrow(NotDue);
  bench.source.advance(15 * minute);
  await expect(bench.sync({ isScheduled: true })).rejects.toThrow('give new ones');
  await bench.connect();
  expect(await health()).toMatchObject({ state: 'active', failures: 0, retry: null });
});

test('leaves a paused connection alone', async () => {
  await pool.query(`update ingest.connection set state = 'paused'`);
  await expect(bench.sync({ isScheduled: true })).rejects.toThrow('"tool" is paused.');
});
