import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../support/database.js';
import { bothEngines, only, writeFacts, type ItemFacts } from '../support/measured.js';

const { pool } = await testDatabase();
const { ask, refresh } = await bothEngines(pool);

const at = (hour: number) => new Date(Date.parse('2026-01-05T00:00:00Z') + hour * 3_600_000).toISOString();

async function given(asOf: number, items: Omit<ItemFacts, 'name'>[]): Promise<void> {
  await writeFacts(
    pool,
    [{ name: 'desk', asOf: at(asOf) }],
    items.map((item, index) => ({ name: `i${index}`, ...item })),
  );
  await refresh();
}

describe('first-response', () => {
  test('counts the time to the first word, the waiting with the time so far', async () => {
    // Answered after 1, 2 and 3 h; two waiting for 10 h: the third of five is the median.
    await given(
      10,
      [1, 2, 3, null, null].map((hours) => ({ created: at(0), firstResponse: hours === null ? null : at(hours) })),
    );
    expect(only(await ask({ metric: 'first-response' }))).toMatchObject({ n: 5, values: { p50: 10_800, p85: null }, note: 'too-few:p85' });
  });

  test('takes an end without a word as no answer', async () => {
    // Two of six answered, four ended silently: never half.
    const silent = { created: at(0), ended: at(1) };
    await given(50, [
      silent,
      silent,
      silent,
      silent,
      { created: at(0), ended: at(9), firstResponse: at(1) },
      { created: at(0), ended: at(9), firstResponse: at(2) },
    ]);
    expect(only(await ask({ metric: 'first-response' }))).toMatchObject({ n: 6, values: { p50: null }, note: 'not-reached;too-few:p85' });
  });
});

describe('silence', () => {
  const interval = (from: number, to: number | null, fresh: boolean, court = 'ours_active') => ({
    from: at(from),
    to: to === null ? null : at(to),
    fresh,
    court,
  });

  test('is the share of our-court time beyond the interval, open items with the time so far', async () => {
    // Each: 4 h fresh, 1 h silent, 5 h at the customer. The open one: 5 h silent up to the data's time. 4 + 5 of 20 + 5 hours.
    const quiet = {
      created: at(0),
      ended: at(10),
      intervals: [interval(0, 4, true), interval(4, 5, false), interval(5, 10, false, 'customer')],
    };
    await given(20, [quiet, quiet, quiet, quiet, { created: at(15), intervals: [interval(15, null, false)] }]);
    expect(only(await ask({ metric: 'silence' }))).toMatchObject({ n: 5, value: 36, numerator: 32_400, denominator: 90_000 });
  });

  test('cuts time at the edges of the bucket', async () => {
    // 20 h from noon: 12 h on the 5th, all fresh; 8 h on the 6th, all silent.
    const long = { created: at(12), ended: at(32), intervals: [interval(12, 24, true), interval(24, 32, false)] };
    await given(100, [long, long, long, long, long]);
    const { rows } = await ask({ metric: 'silence', grain: 'day', from: '2026-01-05', to: '2026-01-08' });
    expect(rows.map((row) => [row.bucket, row.n, row.value, row.denominator])).toEqual([
      ['2026-01-05', 5, 0, 216_000],
      ['2026-01-06', 5, 100, 144_000],
      ['2026-01-07', 0, null, undefined],
    ]);
  });
});

describe('longest-silence', () => {
  test('is the longest of an item, and the one that lasts counts with its time in our court', async () => {
    const closed = (hours: number) => ({
      created: at(0),
      ended: at(30),
      silences: [
        { from: at(0), to: at(1), oursSeconds: 60 },
        { from: at(1), to: at(30), oursSeconds: hours * 3_600 },
      ],
    });
    // The open one is silent from 10 to 40, of which 12 h are ours.
    const open = {
      created: at(10),
      silences: [{ from: at(10), to: null }],
      intervals: [
        { from: at(8), to: at(22) },
        { from: at(22), to: null, court: 'customer' },
      ],
    };
    await given(40, [closed(1), closed(2), closed(20), closed(30), open]);
    expect(only(await ask({ metric: 'longest-silence' }))).toMatchObject({ n: 5, values: { p50: 43_200 } });
  });
});

describe('visibility-coverage', () => {
  test('needs all four, and shows each alone', async () => {
    const parts = (owned: boolean, duePast: boolean, nextStep: boolean, fresh: boolean) => ({ owned, duePast, nextStep, fresh });
    const item = {
      created: at(0),
      ended: at(10),
      intervals: [
        { from: at(0), to: at(4), ...parts(true, false, true, true) },
        { from: at(4), to: at(6), ...parts(true, false, true, false) },
        { from: at(6), to: at(7), ...parts(false, false, true, true) },
        { from: at(7), to: at(9), ...parts(true, true, true, true) },
        { from: at(9), to: at(10), ...parts(true, false, false, true) },
      ],
    };
    await given(20, [item, item, item, item, item]);
    expect(only(await ask({ metric: 'visibility-coverage' }))).toMatchObject({
      n: 5,
      values: { covered: 40, owned: 90, dueNotPast: 80, nextStep: 90, fresh: 80 },
      lo: 40,
      hi: 40,
    });
  });
});
