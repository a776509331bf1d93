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

describe('cadence', () => {
  test('is our time with a fresh word, whoever waits', async () => {
    // Five items with 6 h fresh, then 4 h not; what the customer has does not count: 60 %.
    const item: Omit<ItemFacts, 'name'> = {
      created: at(0),
      intervals: [
        { from: at(0), to: at(6), fresh: true },
        { from: at(6), to: at(10), fresh: false, court: 'ours_waiting' },
        { from: at(10), to: null, fresh: false, court: 'customer' },
      ],
    };
    await given(40, [item, item, item, item, item]);
    expect(only(await ask({ metric: 'cadence' }))).toMatchObject({ n: 5, value: 60 });
    const silent = only(await ask({ metric: 'silence' }));
    expect(silent.value).toBe(40);
  });
});

describe('level-spread', () => {
  const promises = (team: string, kept: number, broken: number): Omit<ItemFacts, 'name'>[] =>
    Array.from({ length: kept + broken }, (_, index) => ({
      created: at(0),
      ended: at(index < kept ? 9 : 11),
      team,
      promises: [{ said: at(0), due: at(10), until: at(index < kept ? 9 : 11) }],
    }));

  test('sets each team against the whole with the limits of its size', async () => {
    // The whole: 25 of 50. Of ten around one half: .1324 to .8676, and .0002 to .9998 (funnel.test.ts).
    await given(100, [...promises('A', 1, 9), ...promises('B', 10, 0), ...promises('C', 14, 16)]);
    const { rows } = await ask({ metric: 'level-spread', by: 'team' });
    expect(rows.map(({ by, n, note }) => [by, n, note])).toEqual([
      ['A', 10, 'outside:95'],
      ['B', 10, 'outside:998'],
      ['C', 30, null],
    ]);
    expect(rows[0]?.values?.value).toBe(10);
    expect(rows[0]?.values?.whole).toBe(50);
    expect(rows[0]?.values?.lower95).toBeCloseTo(13.2444, 4);
    expect(rows[0]?.values?.upper95).toBeCloseTo(86.7556, 4);
    expect(rows[0]?.values?.lower998).toBeCloseTo(0.024, 4);
    expect(rows[0]?.values?.upper998).toBeCloseTo(99.976, 4);
  });

  test('counts a team too small to show in the whole', async () => {
    await given(100, [...promises('A', 4, 0), ...promises('B', 3, 3)]);
    const { rows } = await ask({ metric: 'level-spread', by: 'team' });
    expect(rows.map(({ by, values, note }) => [by, values?.value, values?.whole, note])).toEqual([
      ['A', null, null, 'too-few'],
      ['B', 50, 70, null],
    ]);
  });

  test('takes another rate, and no percentile', async () => {
    await given(100, promises('A', 5, 5));
    expect(await ask({ metric: 'level-spread', of: 'on-time-last', by: 'team' })).toMatchObject({ metric: 'level-spread', unit: '%' });
    await expect(ask({ metric: 'level-spread', of: 'lead-time', by: 'team' })).rejects.toThrow(
      '"lead-time" cannot be watched by "level-spread"',
    );
  });
});

describe('owner-share', () => {
  const done = (team: string | null, hours: number, type = 'ticket'): Omit<ItemFacts, 'name'> => ({
    created: at(0),
    ended: at(hours),
    team,
    type,
  });
  const times = (count: number, item: Omit<ItemFacts, 'name'>) => Array.from({ length: count }, () => item);

  test('is the ICC(1) of the logarithm of lead time', async () => {
    // Hours e^ln: A 1 and 4, B 4 and 16, five of each. In units of ln 4: A 0, 1; B 1, 2. Means .5 and 1.5; between 2 * 10 * .25 = 5 on 1 degree,
    // within 20 * .25 = 5 on 18: mean squares 5 and .277778; (5 - .277778) / (5 + 9 * .277778) = .62963.
    await given(100, [...times(5, done('A', 1)), ...times(5, done('A', 4)), ...times(5, done('B', 4)), ...times(5, done('B', 16))]);
    const row = only(await ask({ metric: 'owner-share' }));
    expect(row).toMatchObject({ n: 20, note: null });
    expect(row.value).toBeCloseTo(0.62963, 5);
    // F 18 between its bounds: 18 / 5.9781 and 18 * 987.08... for 1 and 18 degrees.
    expect(row.lo).toBeCloseTo((18 / 5.97805 - 1) / (18 / 5.97805 + 9), 4);
    expect(row.hi).toBeGreaterThan(0.99);
  });

  test('does not take a difference between types for one between teams', async () => {
    // A does bills, B does tickets; one of each type is done by the other: within a type all are alike or vary alike.
    const bills = [...times(5, done('A', 1, 'bill')), ...times(5, done('A', 4, 'bill')), done('B', 1, 'bill'), done('B', 4, 'bill')];
    const tickets = [...times(5, done('B', 30)), ...times(5, done('B', 90)), done('A', 30), done('A', 90)];
    await given(100, [...bills, ...tickets]);
    expect(only(await ask({ metric: 'owner-share' }))).toMatchObject({ n: 24, value: 0, lo: 0 });
  });

  test('leaves out items without a team, and says nothing of one team', async () => {
    await given(100, [...times(20, done('A', 3)), done(null, 9), { created: at(0), team: 'B' }]);
    expect(only(await ask({ metric: 'owner-share' }))).toMatchObject({ n: 20, value: null, note: 'undefined;excluded:1' });
  });
});
