import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../support/database.js';
import { bothEngines, only, writeFacts, type ItemFacts } from '../support/measured.js';

const { pool } = await testDatabase();
const { ask, refresh } = await bothEngines(pool);

const at = (hour: number) => new Date(Date.parse('2026-01-05T00:00:00Z') + hour * 3_600_000).toISOString();
type Facts = Omit<ItemFacts, 'name' | 'created'> & { created?: string };
const old: Facts = { customer: 'Old', customerSince: '2020-01-01T00:00:00Z' };
const fresh: Facts = { customer: 'New', customerSince: '2026-01-01T00:00:00Z' };
const times = (count: number, item: Facts): Facts[] => Array.from({ length: count }, () => item);

async function given(items: Facts[], asOf = 400): Promise<void> {
  await writeFacts(
    pool,
    [{ name: 'desk', asOf: at(asOf) }],
    items.map((item, index) => ({ name: `i${index}`, created: at(0), ...item })),
  );
  await refresh();
}

describe('newcomer-parity', () => {
  const promised = (who: Facts, type: string, kept: number, broken: number): Facts[] => [
    ...times(kept, { ...who, type, ended: at(9), promises: [{ said: at(0), due: at(10), until: at(9) }] }),
    ...times(broken, { ...who, type, ended: at(11), promises: [{ said: at(0), due: at(10), until: at(11) }] }),
  ];

  test('compares on the mix of the newcomers', async () => {
    // Newcomers: 4 of 8 easy, 0 of 2 hard. Others: 9 of 10 easy, 5 of 20 hard. (8 * (.5 - .9) + 2 * (0 - .25)) / 10 = -.37; raw -.0667.
    await given([
      ...promised(fresh, 'easy', 4, 4),
      ...promised(fresh, 'hard', 0, 2),
      ...promised(old, 'easy', 9, 1),
      ...promised(old, 'hard', 5, 15),
    ]);
    const row = only(await ask({ metric: 'newcomer-parity' }));
    expect(row).toMatchObject({ n: 40, note: null });
    expect(row.value).toBeCloseTo(-37, 9);
    // Variances: easy .25 / 10 + (10/12)(2/12)/12, hard (1/4)(3/4)/4 + (6/22)(16/22)/22; sqrt(.64 * .0365741 + .04 * .0558907) = .160144.
    expect(row.lo).toBeCloseTo(-37 - 195.9964 * 0.160144, 2);
    expect(row.hi).toBeCloseTo(-37 + 195.9964 * 0.160144, 2);
  });

  test('does not compare types that only one of them has', async () => {
    await given([
      ...promised(fresh, 'easy', 5, 0),
      ...promised(fresh, 'strange', 0, 9),
      ...promised(old, 'easy', 5, 0),
      ...promised(old, 'other', 9, 0),
    ]);
    expect(only(await ask({ metric: 'newcomer-parity' }))).toMatchObject({ n: 28, value: 0 });
  });

  test('is withheld with four newcomers', async () => {
    await given([...promised(fresh, 'easy', 4, 0), ...promised(old, 'easy', 5, 0)]);
    expect(only(await ask({ metric: 'newcomer-parity' }))).toMatchObject({ n: 9, value: null, note: 'too-few' });
  });

  test('a customer is new until the 90th day is over, and not before the first', async () => {
    // Created on 5 January at 0 h: 90 days after 7 October 2025 0 h is exactly then.
    const last: Facts = { customer: 'Last', customerSince: '2025-10-07T00:00:01Z' };
    const no: Facts = { customer: 'Over', customerSince: '2025-10-07T00:00:00Z' };
    const notYet: Facts = { customer: 'Lead', customerSince: '2026-01-05T00:00:01Z' };
    const unknown: Facts = { customer: 'Unknown', customerSince: null };
    await given([
      ...promised(last, 'easy', 5, 0),
      ...promised(no, 'easy', 0, 5),
      ...promised(notYet, 'easy', 3, 0),
      ...promised(unknown, 'easy', 2, 0),
    ]);
    expect(only(await ask({ metric: 'newcomer-parity' }))).toMatchObject({ n: 10, value: 100, note: 'excluded:5' });
  });
});

describe('newcomer-silence', () => {
  const open = (who: Facts, type: string, silentHours: number): Facts => ({
    ...who,
    type,
    ended: at(10),
    intervals: [
      { from: at(0), to: at(10 - silentHours), fresh: true },
      { from: at(10 - silentHours), to: at(10), fresh: false },
    ],
  });

  test('compares silent time on the mix of the newcomers', async () => {
    // Newcomers: easy 5 h of 10, hard 2 of 10. Others: easy 2, hard 2. Half of the newcomers' time is easy: .5 * 30 + .5 * 0 = 15.
    await given([
      ...times(3, open(fresh, 'easy', 5)),
      ...times(3, open(fresh, 'hard', 2)),
      ...times(4, open(old, 'easy', 2)),
      ...times(40, open(old, 'hard', 2)),
    ]);
    const row = only(await ask({ metric: 'newcomer-silence' }));
    expect(row).toMatchObject({ n: 50, note: null });
    expect(row.value).toBeCloseTo(15, 9);
    expect(row.hi).toBeCloseTo(15, 5);
  });

  test('is empty without intervals and withheld for a few', async () => {
    await given([{ ...fresh, ended: at(4) }]);
    expect(only(await ask({ metric: 'newcomer-silence' }))).toMatchObject({ n: 0, value: null, note: 'empty' });
    await given([...times(4, open(fresh, 'easy', 5)), ...times(9, open(old, 'easy', 5))]);
    expect(only(await ask({ metric: 'newcomer-silence' }))).toMatchObject({ n: 13, value: null, note: 'too-few' });
  });
});

describe('newcomer-tail', () => {
  /** {1,2,2,3,3,4,5,8,13,40} hours, thrice, or with a longer tail. */
  const spread = (who: Facts, type: string, factor: number): Facts[] =>
    [1, 2, 2, 3, 3, 4, 5, 8, 13, 40].flatMap((hours) => times(3, { ...who, type, ended: at(hours > 4 ? hours * factor : hours) }));

  test('is the difference of the tail ratios, type by type', async () => {
    // P50 of 30: place 14.5 between the 15th and 16th, 3 and 4: 3.5. P85: place 24.65 between the 25th and 26th, both 13: 13 / 3.5; doubled 26 / 3.5.
    await given([...spread(fresh, 'easy', 2), ...spread(old, 'easy', 1)]);
    const row = only(await ask({ metric: 'newcomer-tail' }));
    expect(row).toMatchObject({ n: 60, note: null });
    expect(row.value).toBeCloseTo(13 / 3.5, 9);
    expect(row.lo ?? 0).toBeLessThan(13 / 3.5);
    expect(row.hi ?? 0).toBeGreaterThan(13 / 3.5);
  });

  test('says nothing where no type has enough of both', async () => {
    await given([...spread(fresh, 'easy', 2), ...spread(old, 'hard', 1)]);
    expect(only(await ask({ metric: 'newcomer-tail' }))).toMatchObject({ n: 60, value: null, note: 'too-few' });
  });
});
