import { expect, test } from 'vitest';
import { testDatabase } from '../../../support/database.js';
import { bothEngines, only, writeFacts, type ConnectionFacts, type ItemFacts } from '../support/measured.js';

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

/** Known before January: of ten open after two days, six take three days and four take twenty. */
const history: Item[] = [3, 3, 3, 3, 3, 3, 20, 20, 20, 20].map((days) => ({ created: day(-29), ended: day(-29 + days) }));

/** Created on the 2nd, promised for four days later: asked at two days, with two left. Ended after so many days; null is open. */
const promised = (days: number | null, outcome: 'done' | 'cancelled' = 'done'): Item => ({
  created: day(2),
  ended: days === null ? null : day(2 + days),
  outcome: days === null ? 'open' : outcome,
  promises: [{ said: day(2), due: day(6), until: days === null ? null : day(2 + days) }],
});

test('is the Brier score of the forecasts, with its skill against the base rate', async () => {
  // Forecast .4 for each; late are two of five: (2 × .36 + 3 × .16) / 5 = .24, that of the base rate.
  await given([...history, promised(3), promised(3), promised(4), promised(5), promised(null)]);
  const { n, values, numerator } = only(await ask({ metric: 'calibration' }));
  expect([n, numerator]).toEqual([5, 2]);
  expect(values?.brier).toBeCloseTo(0.24, 12);
  expect(values?.skill).toBeCloseTo(0, 12);
  expect(values?.meanForecast).toBeCloseTo(0.4, 12);
  expect(values?.observed).toBeCloseTo(0.4, 12);
});

test('says so where the forecast is worse than the base rate', async () => {
  // Four of five late: (4 × .36 + .16) / 5 = .32 against .8 × .2 = .16.
  await given([...history, promised(3), promised(5), promised(6), promised(null), promised(null)]);
  const { values } = only(await ask({ metric: 'calibration' }));
  expect(values?.brier).toBeCloseTo(0.32, 12);
  expect(values?.skill).toBeCloseTo(-1, 12);
});

test('has no skill where all were late', async () => {
  await given([...history, ...[5, 6, 7, 8, null].map((days) => promised(days))]);
  const { values, note } = only(await ask({ metric: 'calibration' }));
  expect(values?.brier).toBeCloseTo(0.36, 12);
  expect(values?.skill).toBeNull();
  expect(note).toBe('undefined:skill');
});

test('asks at half of the promised time: what ended by then has no forecast, one second later it has', async () => {
  const atHalf = promised(2);
  const after: Item = { ...promised(2 + 1 / 86_400) };
  await given([...history, atHalf, after, promised(3), promised(3), promised(5), promised(5)]);
  expect(only(await ask({ metric: 'calibration' }))).toMatchObject({ n: 5, numerator: 2 });
});

test('scores against the promise in force at half time and not a later one', async () => {
  const movedLater: Item = {
    created: day(2),
    ended: day(9),
    promises: [
      { said: day(2), due: day(6), until: day(5) },
      { said: day(5), due: day(10), until: day(9), movedSeconds: 345_600, isAfterDue: false },
    ],
  };
  await given([...history, movedLater, promised(3), promised(3), promised(3), promised(3)]);
  expect(only(await ask({ metric: 'calibration' }))).toMatchObject({ n: 5, numerator: 1 });
});

test('leaves out what was cancelled before its date, and counts a reopened item with its final finish', async () => {
  const reopened: Item = {
    ...promised(7),
    cycles: [
      { opened: day(2), resolved: day(5), reopened: day(8) },
      { opened: day(8), resolved: day(9) },
    ],
  };
  await given([...history, promised(3, 'cancelled'), promised(6, 'cancelled'), reopened, promised(3), promised(3), promised(3)]);
  expect(only(await ask({ metric: 'calibration' }))).toMatchObject({ n: 5, numerator: 2 });
});

test('learns nothing from what came after the question', async () => {
  const asked = [promised(3), promised(3), promised(4), promised(5), promised(5)];
  await given([...history, ...asked]);
  const before = only(await ask({ metric: 'calibration' }));
  const later = Array.from({ length: 40 }, (): Item => ({ created: day(1), ended: day(5) }));
  const undone = history.map((item): Item => ({
    ...item,
    ended: day(12),
    cycles: [
      { opened: day(-29), resolved: item.ended, reopened: day(11) },
      { opened: day(11), resolved: day(12) },
    ],
  }));
  await given([...undone, ...later, ...asked]);
  expect(only(await ask({ metric: 'calibration' }))).toEqual(before);
});

test('places a forecast in the local day of its date, once that has passed', async () => {
  await given([...history, ...[3, 3, 3, 5, 5].map((days) => promised(days))]);
  const days = { metric: 'calibration', grain: 'day', from: '2026-01-05', to: '2026-01-07' } as const;
  expect((await ask(days)).rows.map((row) => row.n)).toEqual([0, 5]);
  expect((await ask({ ...days, zone: 'America/New_York' })).rows.map((row) => row.n)).toEqual([5, 0]);
  await given([...history, ...[3, 3, 3, null, null].map((days) => promised(days))], { asOf: day(6) });
  expect(only(await ask({ metric: 'calibration' }))).toMatchObject({ n: 0, note: 'empty' });
});

test('leaves out and counts what nothing was known of, is empty of nothing and withheld of one', async () => {
  await given([3, 3, 5].map((days) => promised(days)));
  expect(only(await ask({ metric: 'calibration' }))).toMatchObject({ n: 0, note: 'empty;excluded:3' });
  await given(history);
  expect(only(await ask({ metric: 'calibration' }))).toMatchObject({ n: 0, note: 'empty' });
  await given([...history, promised(3)]);
  expect(only(await ask({ metric: 'calibration' }))).toMatchObject({ n: 1, values: { brier: null }, note: 'too-few' });
});

test('is absent, with the reason, where the first date is not told', async () => {
  await given(history, { lacks: ['first-due'] });
  expect(await ask({ metric: 'calibration' })).toMatchObject({ rows: [], absent: [{ signal: 'first-due' }] });
});
