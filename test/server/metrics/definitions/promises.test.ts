import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../support/database.js';
import { bothEngines, only, writeFacts, type ItemFacts } from '../support/measured.js';

const { pool } = await testDatabase();
const { ask, refresh } = await bothEngines(pool);

const day = (n: number) => `2026-01-${String(n).padStart(2, '0')}T00:00:00Z`;
type Promised = Omit<ItemFacts, 'name' | 'created'>;

async function given(items: Promised[], asOf = day(31)): Promise<void> {
  await writeFacts(
    pool,
    [{ name: 'desk', asOf }],
    items.map((item, index) => ({ name: `i${index}`, created: day(1), ...item })),
  );
  await refresh();
}

/** One date, in force until the item ended. */
const promised = (due: number, ended: number | null, more: Promised = {}): Promised => ({
  ended: ended === null ? null : day(ended),
  promises: [{ said: day(1), due: day(due), until: ended === null ? null : day(ended) }],
  ...more,
});

/** Due on the 10th; moved on `movedOn` to `movedTo`. */
const moved = (movedOn: number, movedTo: number, ended: number | null, asked = false): Promised => ({
  ended: ended === null ? null : day(ended),
  promises: [
    { said: day(1), due: day(10), until: day(movedOn) },
    {
      said: day(movedOn),
      due: day(movedTo),
      until: ended === null ? null : day(ended),
      asked,
      movedSeconds: (movedTo - 10) * 86_400,
      isAfterDue: movedOn > 10,
    },
  ],
});

const kept = promised(10, 9);
const late = promised(10, 12);

describe('on-time-first', () => {
  test('is empty without promises', async () => {
    await given([{ ended: day(3) }]);
    expect(only(await ask({ metric: 'on-time-first' }))).toMatchObject({ n: 0, value: null, note: 'empty' });
  });

  test('takes a finish at the due instant as in time and one second later as late', async () => {
    await given([kept, kept, kept, promised(10, 10), { ...kept, ended: '2026-01-10T00:00:01Z' }]);
    expect(only(await ask({ metric: 'on-time-first' }))).toMatchObject({ n: 5, value: 80, numerator: 4, denominator: 5 });
  });

  test('counts an open item as late once its date has passed, and not before', async () => {
    await given([kept, kept, kept, kept, promised(10, null), promised(20, null)], day(15));
    expect(only(await ask({ metric: 'on-time-first' }))).toMatchObject({ n: 5, value: 80 });
  });

  test('does not decide a date that is the end of the data itself', async () => {
    await given([kept, kept, kept, kept, kept, promised(15, null)], day(15));
    expect(only(await ask({ metric: 'on-time-first' }))).toMatchObject({ n: 5, value: 100, note: null });
  });

  test('leaves out what ended nobody knows when', async () => {
    await given([kept, kept, kept, kept, late, promised(10, 12, { outcome: 'unknown' })]);
    for (const metric of ['on-time-first', 'on-time-last'])
      expect(only(await ask({ metric }))).toMatchObject({ n: 5, value: 80, note: 'excluded:1' });
  });

  test('shows 0 where all are late', async () => {
    await given([late, late, late, late, late]);
    expect(only(await ask({ metric: 'on-time-first' }))).toMatchObject({ n: 5, value: 0, lo: 0, numerator: 0 });
  });

  test('leaves out what was cancelled before its date, and takes what was cancelled after it as late', async () => {
    await given([kept, kept, kept, kept, promised(10, 9, { outcome: 'cancelled' }), promised(10, 11, { outcome: 'cancelled' })]);
    expect(only(await ask({ metric: 'on-time-first' }))).toMatchObject({ n: 5, value: 80, note: 'excluded:1' });
  });

  test('withholds the rate of four', async () => {
    await given([kept, kept, kept, kept]);
    expect(only(await ask({ metric: 'on-time-first' }))).toMatchObject({ n: 4, value: null, lo: null, hi: null, note: 'too-few' });
  });

  test('puts a promise into the period of its date', async () => {
    await given([promised(12, 9), promised(5, 6)]);
    const { rows } = await ask({ metric: 'on-time-first', grain: 'week', from: '2026-01-05', to: '2026-01-19' });
    expect(rows.map((row) => [row.bucket, row.n, row.numerator])).toEqual([
      ['2026-01-05', 1, 0],
      ['2026-01-12', 1, 1],
    ]);
  });
});

describe('on-time-last', () => {
  test('forgives a date moved before it passed, and no other', async () => {
    // Moved on the 9th to the 20th and finished on the 19th: kept. Moved on the 12th, when the 10th had passed: not kept.
    await given([kept, kept, kept, moved(9, 20, 19), moved(12, 20, 19)]);
    expect(only(await ask({ metric: 'on-time-last' }))).toMatchObject({ n: 5, value: 80 });
    expect(only(await ask({ metric: 'on-time-first' }))).toMatchObject({ n: 5, value: 60 });
  });

  test("is decided by the date in force when it passed and not by today's", async () => {
    // d10, moved on d9 to d14, on d15 to d20, finished d19: the 14th passed while it was in force.
    const slipped: Promised = {
      ended: day(19),
      promises: [
        { said: day(1), due: day(10), until: day(9) },
        { said: day(9), due: day(14), until: day(15), movedSeconds: 4 * 86_400, isAfterDue: false },
        { said: day(15), due: day(20), until: day(19), movedSeconds: 6 * 86_400, isAfterDue: true },
      ],
    };
    await given([kept, kept, kept, kept, slipped]);
    const { rows } = await ask({ metric: 'on-time-last', grain: 'week', from: '2026-01-05', to: '2026-01-19' });
    expect(rows.map((row) => [row.bucket, row.n, row.numerator])).toEqual([
      ['2026-01-05', 4, 4],
      ['2026-01-12', 1, 0],
    ]);
  });

  test('does not count an open item whose date was moved beyond the data', async () => {
    await given([kept, kept, kept, kept, kept, moved(9, 25, null)], day(20));
    expect(only(await ask({ metric: 'on-time-last' }))).toMatchObject({ n: 5, value: 100 });
  });
});

describe('goalpost-gap', () => {
  test('is what moving the date hides, with and without moves the customer asked for', async () => {
    // Kept against the last date: all ten. Against the first: seven. Of the eight nobody asked to move, seven.
    await given([...Array.from({ length: 7 }, () => kept), moved(9, 20, 19), moved(9, 20, 19, true), moved(9, 20, 19, true)]);
    expect(only(await ask({ metric: 'goalpost-gap' }))).toMatchObject({
      n: 10,
      values: { gap: 30, gapUnasked: 12.5 },
      numerator: 3,
      denominator: 10,
      note: null,
    });
  });

  test('leaves out what is not decided both ways', async () => {
    await given([kept, kept, kept, kept, moved(9, 25, null)], day(20));
    expect(only(await ask({ metric: 'goalpost-gap' }))).toMatchObject({ n: 4, note: 'too-few' });
  });
});

describe('slip', () => {
  // d10, moved on d9 to d14, on d15 to d20: net = gross = 10 days, two moves, half of them after the fact.
  const slipped: Promised = {
    ended: day(19),
    promises: [
      { said: day(1), due: day(10), until: day(9) },
      { said: day(9), due: day(14), until: day(15), movedSeconds: 4 * 86_400, isAfterDue: false },
      { said: day(15), due: day(20), until: day(19), movedSeconds: 6 * 86_400, isAfterDue: true },
    ],
  };
  const backAndForth: Promised = {
    ended: day(19),
    promises: [
      { said: day(1), due: day(10), until: day(2) },
      { said: day(2), due: day(8), until: day(3), movedSeconds: -2 * 86_400, isAfterDue: false },
      { said: day(3), due: day(13), until: day(19), movedSeconds: 5 * 86_400, isAfterDue: false },
    ],
  };

  test('nets the moves and adds up the later ones', async () => {
    // Net (10 + 3 + 0 + 0 + 0) / 5 = 2.6 days; gross (10 + 5) / 5 = 3 days; 4 moves over 5 promises.
    await given([slipped, backAndForth, kept, kept, late]);
    expect(only(await ask({ metric: 'slip' }))).toMatchObject({ n: 5, values: { net: 224_640, gross: 259_200 } });
    expect(only(await ask({ metric: 'slip-moves' }))).toMatchObject({ n: 5, value: 0.8 });
  });

  test('tells the share of moves made after the fact', async () => {
    await given([slipped, slipped, slipped, backAndForth]);
    // Three of eight.
    expect(only(await ask({ metric: 'slip-after-due' }))).toMatchObject({ n: 8, value: 37.5, numerator: 3, denominator: 8 });
  });
});
