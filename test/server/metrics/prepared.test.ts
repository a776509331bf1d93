import { expect, test } from 'vitest';
import type { MetricEngine } from '#server/metrics/engine.js';
import { derivedOnce } from '#server/metrics/prepared.js';

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
