import { expect, test } from 'vitest';
import { testDatabase } from '../../../support/database.js';
import { bothEngines, only, writeFacts, type ConnectionFacts, type ItemFacts } from '../support/measured.js';

const { pool } = await testDatabase();
const { ask, refresh } = await bothEngines(pool);

const due = Date.parse('2026-01-10T00:00:00Z');
const hours = (n: number) => new Date(due + n * 3_600_000).toISOString();

async function given(items: Omit<ItemFacts, 'name' | 'created'>[], connection: Partial<ConnectionFacts> = {}): Promise<void> {
  await writeFacts(
    pool,
    [{ name: 'desk', asOf: hours(200), ...connection }],
    items.map((item, index) => ({ name: `item ${index}`, created: hours(-100), ...item })),
  );
  await refresh();
}

/** Due at 0; ended so many hours after (before, if negative); null is open. */
const after = (n: number | null, outcome: 'done' | 'cancelled' = 'done'): Omit<ItemFacts, 'name' | 'created'> => ({
  ended: n === null ? null : hours(n),
  outcome: n === null ? 'open' : outcome,
  promises: [{ said: hours(-100), due: hours(0), until: n === null ? null : hours(n) }],
});

test('is empty without promises and withheld of one', async () => {
  await given([{ ended: hours(1) }]);
  expect(only(await ask({ metric: 'tardiness' }))).toMatchObject({ n: 0, note: 'empty' });
  await given([after(3)]);
  expect(only(await ask({ metric: 'tardiness' }))).toMatchObject({ n: 1, values: { mean: null, lateP50: null }, note: 'too-few' });
});

test('averages over all promises, kept ones being 0 late, and takes the median of the late', async () => {
  // Late by 1, 2, 3, 4 and 5 h; five kept: mean 1.5 h, median of the late 3 h.
  await given([1, 2, 3, 4, 5, -1, -2, -3, -4, -5].map((n) => after(n)));
  expect(only(await ask({ metric: 'tardiness' }))).toMatchObject({
    n: 10,
    numerator: 5,
    denominator: 10,
    values: { mean: 5_400, lateP50: 10_800, lateP85: null },
    note: 'too-few:lateP85',
  });
});

test('takes a finish at the due instant as kept and one second later as late', async () => {
  await given([after(0), after(-1), after(-1), after(-1), after(1 / 3_600)]);
  expect(only(await ask({ metric: 'tardiness' }))).toMatchObject({ n: 5, numerator: 1, values: { mean: 0.2 } });
});

test('counts open ones after their date with the time so far', async () => {
  // After the date {1,2,3,5,8,12} h finished and four open for 200 h: half are finished by 8 h (the fifth of ten).
  await given([...[1, 2, 3, 5, 8, 12].map((n) => after(n)), after(null), after(null), after(null), after(null)]);
  // (31 + 800) / 10 = 83.1 h
  expect(only(await ask({ metric: 'tardiness' }))).toMatchObject({ n: 10, values: { mean: 299_160, lateP50: 28_800 } });
});

test('has no median of the late where all are still open, and a mean of the time so far', async () => {
  await given([after(null), after(null), after(null), after(null), after(null)]);
  expect(only(await ask({ metric: 'tardiness' }))).toMatchObject({
    n: 5,
    numerator: 5,
    values: { mean: 720_000, lateP50: null },
    note: 'not-reached:lateP50;too-few:lateP85',
  });
});

test('gives P85 from twenty late ones', async () => {
  // 1 to 20 h: place 16.15 of 0 to 19 is 17.15 h.
  await given(Array.from({ length: 20 }, (_, index) => after(index + 1)));
  const { values, note } = only(await ask({ metric: 'tardiness' }));
  expect(values?.lateP50).toBe(37_800);
  expect(values?.lateP85).toBeCloseTo(61_740, 6);
  expect(note).toBeNull();
});

test('leaves out one cancelled before its date; one cancelled after it was late until then', async () => {
  await given([after(-1, 'cancelled'), after(10, 'cancelled'), after(-1), after(-1), after(-1), after(-1)]);
  expect(only(await ask({ metric: 'tardiness' }))).toMatchObject({
    n: 5,
    numerator: 1,
    values: { mean: 7_200 },
    note: expect.stringContaining('excluded:1'),
  });
});

test('measures from the date in force when it passed, and a reopened item to its final finish', async () => {
  const moved: Omit<ItemFacts, 'name' | 'created'> = {
    ended: hours(30),
    promises: [
      { said: hours(-100), due: hours(0), until: hours(-5) },
      { said: hours(-5), due: hours(24), until: hours(30), movedSeconds: 86_400, isAfterDue: false },
    ],
  };
  const reopened = {
    ...after(50),
    cycles: [
      { opened: hours(-100), resolved: hours(-2), reopened: hours(4) },
      { opened: hours(4), resolved: hours(50) },
    ],
  };
  await given([moved, reopened, after(-1), after(-1), after(-1)]);
  // 6 h and 50 h over five
  expect(only(await ask({ metric: 'tardiness' }))).toMatchObject({ n: 5, numerator: 2, values: { mean: 40_320 } });
});

test('places a promise in the local day of its date', async () => {
  await given([1, 1, 1, 1, 1].map((n) => after(n)));
  const days = { metric: 'tardiness', grain: 'day', from: '2026-01-09', to: '2026-01-11' } as const;
  expect((await ask(days)).rows.map((row) => row.n)).toEqual([0, 5]);
  expect((await ask({ ...days, zone: 'America/New_York' })).rows.map((row) => row.n)).toEqual([5, 0]);
});

test('is absent, with the reason, where the first date is not told', async () => {
  await given([after(1)], { lacks: ['first-due'] });
  expect(await ask({ metric: 'tardiness' })).toMatchObject({ rows: [], absent: [{ signal: 'first-due' }] });
});
