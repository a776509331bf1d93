import { expect, test } from 'vitest';
import { testDatabase } from '../../../support/database.js';
import { bothEngines, writeFacts, type ConnectionFacts, type ItemFacts } from '../support/measured.js';

const { pool } = await testDatabase();
const { ask, refresh } = await bothEngines(pool);

const day = (n: number) => new Date(Date.parse('2026-01-01T00:00:00Z') + (n - 1) * 86_400_000).toISOString();
type Item = Omit<ItemFacts, 'name'>;

async function given(items: Item[], connection: Partial<ConnectionFacts> = {}): Promise<void> {
  await writeFacts(
    pool,
    [{ name: 'desk', asOf: day(31), ...connection }],
    items.map((item, index) => ({ name: `item ${index}`, ...item })),
  );
  await refresh();
}

/** Known before January, forty a type: of those open after two days, so many take three days and the others twenty. */
const history = (type: string, quick: number): Item[] =>
  Array.from({ length: 40 }, (_, index) => ({ type, created: day(-29), ended: day(-29 + (index < quick ? 3 : 20)) }));

/** Created on the 2nd, promised for four days later: asked at two days, with two left. */
const promised = (type: string, days: number | null): Item => ({
  type,
  created: day(2),
  ended: days === null ? null : day(2 + days),
  promises: [{ said: day(2), due: day(6), until: days === null ? null : day(2 + days) }],
});
const known = [...history('easy', 38), ...history('hard', 14)];

test('sets the share that was late beside the forecast, class by class', async () => {
  const easy = [3, 3, 3, 3, 5].map((days) => promised('easy', days));
  const hard = [3, 5, 5, 5, 5, null].map((days) => promised('hard', days));
  await given([...known, ...easy, ...hard]);
  const { rows } = await ask({ metric: 'reliability' });
  expect(rows.map(({ by, n, numerator }) => [by, n, numerator])).toEqual([
    ['0.0–0.1', 5, 1],
    ['0.6–0.7', 6, 5],
  ]);
  // 2 of 40 and 26 of 40 took longer.
  expect(rows[0]?.values?.meanForecast).toBeCloseTo(0.05, 9);
  expect(rows[0]?.values?.observed).toBeCloseTo(0.2, 9);
  expect(rows[1]?.values?.meanForecast).toBeCloseTo(0.65, 9);
  expect(rows[1]?.values?.observed).toBeCloseTo(0.833333, 6);
  // Wilson, 1 of 5.
  expect(rows[0]?.lo).toBeCloseTo(0.036224, 6);
  expect(rows[0]?.hi).toBeCloseTo(0.624465, 6);
});

test('notes a class that says too little', async () => {
  await given([...known, ...[5, 5, 5, null, null].map((days) => promised('easy', days))]);
  expect((await ask({ metric: 'reliability' })).rows).toMatchObject([{ by: '0.0–0.1', n: 5, note: 'outside:95' }]);
});

test('withholds a class of four, and counts what nothing was known of', async () => {
  await given([...known, ...[3, 3, 3, 5].map((days) => promised('easy', days))]);
  expect((await ask({ metric: 'reliability' })).rows).toMatchObject([{ n: 4, values: { observed: null }, note: 'too-few' }]);
  await given([promised('easy', 3)]);
  expect((await ask({ metric: 'reliability' })).rows).toMatchObject([{ by: null, n: 0, note: 'empty;excluded:1' }]);
});

test('takes no other break-down, and is absent where the first date is not told', async () => {
  await given([...known, promised('easy', 3)]);
  await expect(ask({ metric: 'reliability', by: 'type' })).rejects.toThrow('broken down');
  await given(known, { lacks: ['first-due'] });
  expect(await ask({ metric: 'reliability' })).toMatchObject({ rows: [], absent: [{ signal: 'first-due' }] });
});
