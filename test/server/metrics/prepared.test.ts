import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { whileWanted, type MetricEngine } from '#server/metrics/engine.js';
import { derivedOfWindow, derivedOnce, preparedOnce } from '#server/metrics/prepared.js';

/** An engine that writes down what it holds and lets go of. */
function holding() {
  const facts = { version: 1 };
  const log: string[] = [];
  let made = 0;
  const engine: MetricEngine = {
    name: 'duckdb',
    query: () => Promise.resolve([]),
    hold: () => {
      const relation = `held.rows_${++made}`;
      log.push(`holds ${relation}`);
      return Promise.resolve({
        relation,
        drop: () => {
          log.push(`drops ${relation}`);
          return Promise.resolve();
        },
      });
    },
    refresh: () => Promise.resolve({ version: ++facts.version }),
    version: () => Promise.resolve(facts.version),
    close: () => Promise.resolve(),
  };
  return { engine, log };
}

const select = () => 'select item_id from measured.item';
const derived = derivedOnce({ name: 'items', select, isOfCustomers: true });
const scope = { sources: [], buckets: [] };

test('is derived once, whoever asks at the same time', async () => {
  const { engine, log } = holding();
  const answers = await Promise.all([derived(engine, scope), derived(engine, scope)]);
  expect(answers).toEqual([
    { kind: 'held', relation: 'held.rows_1' },
    { kind: 'held', relation: 'held.rows_1' },
  ]);
  expect(log).toEqual(['holds held.rows_1']);
});

test('is let go when there is one of a newer version', async () => {
  const { engine, log } = holding();
  await derived(engine, scope);
  await engine.refresh();
  expect(await derived(engine, scope)).toEqual({ kind: 'held', relation: 'held.rows_2' });
  await new Promise(setImmediate);
  expect(log).toEqual(['holds held.rows_1', 'holds held.rows_2', 'drops held.rows_1']);
});

test('is let go by a newer version also where the sources are known further', async () => {
  const { engine, log } = holding();
  const source = { connectionId: 'one', name: 'one', sinceAt: '-infinity', sinceSignals: [] };
  await derived(engine, { ...scope, sources: [{ ...source, asOfAt: '2026-01-01T00:00:00.000Z' }] });
  await engine.refresh();
  await derived(engine, { ...scope, sources: [{ ...source, asOfAt: '2026-01-02T00:00:00.000Z' }] });
  await new Promise(setImmediate);
  expect(log).toEqual(['holds held.rows_1', 'holds held.rows_2', 'drops held.rows_1']);
});

test('is kept of three sets of sources at most', async () => {
  const { engine, log } = holding();
  for (const name of ['one', 'two', 'one', 'three', 'four'])
    await derived(engine, { ...scope, sources: [{ connectionId: name, name, asOfAt: '', sinceAt: '-infinity', sinceSignals: [] }] });
  await new Promise(setImmediate);
  expect(log).toEqual(['holds held.rows_1', 'holds held.rows_2', 'holds held.rows_3', 'holds held.rows_4', 'drops held.rows_2']);
});

test('is derived on the spot of one customer, and where nothing is held', async () => {
  const { engine, log } = holding();
  const ofOne = { ...scope, filters: { customer: ['Ann'] } };
  expect(await derived(engine, ofOne)).toEqual({ kind: 'derived', select });
  const { hold: _hold, ...withoutHold } = engine;
  expect(await derived(withoutHold, scope)).toEqual({ kind: 'derived', select });
  expect(log).toEqual([]);
});

test('is read where it is held already, also of one customer, until the facts are others', async () => {
  const { engine, log } = holding();
  const ofOne = { ...scope, filters: { customer: ['Ann'] } };
  await derived(engine, scope);
  expect(await derived(engine, ofOne)).toEqual({ kind: 'held', relation: 'held.rows_1' });
  await engine.refresh();
  expect(await derived(engine, ofOne)).toEqual({ kind: 'derived', select });
  expect(log).toEqual(['holds held.rows_1']);
});

const ofWindow = derivedOfWindow({ name: 'items', select });
const windowOf = (...months: number[]) => ({
  sources: [],
  buckets: months.map((month) => ({
    label: 'all',
    fromAt: Temporal.Instant.from(`2026-0${month}-01T00:00:00Z`),
    toAt: Temporal.Instant.from(`2026-0${month + 1}-01T00:00:00Z`),
    isPartial: false,
  })),
});
const mail = { channel: ['mail'] };
const held = (n: number) => ({ kind: 'held', relation: `held.rows_${n}` });
const derivedOnTheSpot = { kind: 'derived', select };

test('rows of a window are kept where it is asked for whole, also of one type, and serve its filters', async () => {
  const { engine, log } = holding();
  expect(await ofWindow(engine, { ...windowOf(3), filters: { type: ['request'] } })).toEqual(held(1));
  expect(await ofWindow(engine, { ...windowOf(3), filters: mail })).toEqual(held(1));
  expect(await ofWindow(engine, windowOf(2, 3))).toEqual(held(2));
  expect(log).toEqual(['holds held.rows_1', 'holds held.rows_2']);
});

test('rows of a window are derived with the filters the first time, and kept the second', async () => {
  const { engine, log } = holding();
  expect(await ofWindow(engine, { ...windowOf(3), filters: mail })).toEqual(derivedOnTheSpot);
  expect(await ofWindow(engine, { ...windowOf(4), filters: mail })).toEqual(derivedOnTheSpot);
  expect(await ofWindow(engine, { ...windowOf(3), filters: { team: ['North'] } })).toEqual(held(1));
  expect(log).toEqual(['holds held.rows_1']);
});

test('rows of many periods are not kept, they would fill the memory', async () => {
  const { engine, log } = holding();
  expect(await ofWindow(engine, windowOf(1, 2, 3))).toEqual(derivedOnTheSpot);
  expect(log).toEqual([]);
});

test('of rows of windows the twelve asked for last are kept', async () => {
  const { engine, log } = holding();
  for (const first of [1, 2, 3, 4, 5, 6, 7]) for (const second of [1, 2]) await ofWindow(engine, windowOf(first, second));
  await new Promise(setImmediate);
  expect(log.filter((line) => line.startsWith('drops'))).toEqual(['drops held.rows_1', 'drops held.rows_2']);
});

test('what all will use is worked out to its end, also where who asked first may leave', async () => {
  const { engine } = holding();
  const asked: MetricEngine[] = [];
  const prepared = preparedOnce({
    name: 'rows',
    of: 'all-time',
    rows: (by) => {
      asked.push(by);
      return Promise.resolve({ item_id: { type: 'uuid', values: [] } });
    },
  });
  await prepared(whileWanted(engine, new AbortController().signal), scope);
  expect(asked).toEqual([engine]);
});
