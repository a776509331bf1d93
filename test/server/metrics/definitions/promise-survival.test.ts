import { expect, test } from 'vitest';
import { metricItems } from '#server/metrics/items.js';
import { testDatabase } from '../../../support/database.js';
import { bothEngines, writeFacts, type ItemFacts } from '../support/measured.js';

const { pool } = await testDatabase();
const { ask, engines, refresh } = await bothEngines(pool);

const day = (n: number) => new Date(Date.parse('2026-01-01T00:00:00Z') + (n - 1) * 86_400_000).toISOString();
type Item = Omit<ItemFacts, 'name' | 'created'>;

async function given(items: Item[], asOf = day(31)): Promise<void> {
  await writeFacts(
    pool,
    [{ name: 'desk', asOf }],
    items.map((item, index) => ({ name: `i${index}`, created: day(1), ...item })),
  );
  await refresh();
}

/** A date said on the 1st, in force until the item ended. */
const promised = (due: number, ended: number | null, more: Item = {}): Item => ({
  ended: ended === null ? null : day(ended),
  promises: [{ said: day(1), due: day(due), until: ended === null ? null : day(ended) }],
  ...more,
});

/** Said on the 1st for the 20th; on `movedOn` moved to the 25th, which is kept. */
const moved = (movedOn: number, asked = false): Item => ({
  ended: day(24),
  promises: [
    { said: day(1), due: day(20), until: day(movedOn) },
    { said: day(movedOn), due: day(25), until: day(24), asked, movedSeconds: 5 * 86_400, isAfterDue: false },
  ],
});

const kept = promised(8, 5);
const missed = promised(8, 9);

/** Of the steps in which something ended. */
async function steps(more: object = {}) {
  const { rows } = await ask({ metric: 'promise-survival', to: '2026-01-02', ...more });
  return rows.map(({ atSeconds = 0, n, numerator, values }) => [atSeconds / 86_400, n, numerator, values?.standing ?? null]);
}

test('falls by the share of those still watched, and kept dates are another end', async () => {
  // 9 dates: 2 moved after 3 days, 2 kept after 4, 5 missed after 7. 3 d: 2/9 have fallen. 7 d: 7/9 × 5/7 are open, and all fall.
  await given([moved(4), moved(4), kept, kept, ...Array.from({ length: 5 }, () => missed)]);
  expect(await steps()).toEqual([
    [3, 2, 2, expect.closeTo(77.7778, 3)],
    [4, 2, 0, expect.closeTo(77.7778, 3)],
    [7, 5, 5, expect.closeTo(22.2222, 3)],
  ]);
});

test('a date is kept at its very instant and missed a second later', async () => {
  const inTime = promised(8, 8);
  const late = { ...inTime, ended: '2026-01-08T00:00:01Z', promises: [{ said: day(1), due: day(8), until: '2026-01-08T00:00:01Z' }] };
  await given([inTime, inTime, inTime, late, late]);
  expect(await steps()).toEqual([[7, 5, 2, 60]]);
});

test('a date the customer asked to move, and one whose item was cancelled, end otherwise', async () => {
  await given([moved(4, true), moved(4, true), promised(8, 4, { outcome: 'cancelled' }), kept, kept]);
  expect((await steps()).map(([, n, fell, standing]) => [n, fell, standing])).toEqual([
    [3, 0, 100],
    [2, 0, null],
  ]);
});

test('a running date counts with the time it has stood', async () => {
  await given([...Array.from({ length: 4 }, () => promised(20, null)), ...Array.from({ length: 4 }, () => promised(4, null))], day(10));
  expect(await steps()).toEqual([
    [3, 4, 4, 50],
    [10, 4, 0, null],
  ]);
});

test('every date of an item counts from when it was said', async () => {
  await given([moved(4), moved(4), moved(4), moved(4), moved(4)]);
  expect(await steps({ to: '2026-02-01' })).toEqual([
    [3, 5, 5, 50],
    [21, 5, 0, 50],
  ]);
});

test('a step opens to the dates that ended in it, and its numerator to those that fell', async () => {
  await given([moved(4), moved(4), kept, kept, kept, missed, missed]);
  const period = { from: '2026-01-01', to: '2026-01-02', zone: 'UTC', grain: 'all' as const, bucket: 'all' };
  for (const engine of engines) {
    const open = async (segment: string, part: 'all' | 'numerator') =>
      (await metricItems(engine, { ...period, metric: 'promise-survival', segment, part })).total;
    expect([await open('≤   72 h', 'all'), await open('≤   96 h', 'all'), await open('≤   96 h', 'numerator')]).toEqual([2, 3, 0]);
  }
});

test('takes no other break-down', async () => {
  await given([kept]);
  await expect(ask({ metric: 'promise-survival', by: 'team' })).rejects.toThrow('broken down');
});
