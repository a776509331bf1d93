import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../support/database.js';
import { bothEngines, only, writeFacts, type ConnectionFacts, type ItemFacts } from '../support/measured.js';

const { pool } = await testDatabase();
const { ask, refresh } = await bothEngines(pool);

const hourMs = 3_600_000;
const start = Date.parse('2026-01-05T00:00:00Z');
const at = (hours: number) => new Date(start + hours * hourMs).toISOString();

async function given(items: Omit<ItemFacts, 'name'>[], connection: Partial<ConnectionFacts> = {}): Promise<void> {
  await writeFacts(
    pool,
    [{ name: 'desk', asOf: at(400), ...connection }],
    items.map((item, index) => ({ name: `item ${index}`, ...item })),
  );
  await refresh();
}

describe('cycle-time', () => {
  const worked = (hours: number): Omit<ItemFacts, 'name'> => ({ created: at(0), started: at(10), ended: at(10 + hours) });

  test('is empty where nobody has begun', async () => {
    await given([{ created: at(0), ended: at(5) }]);
    expect(only(await ask({ metric: 'cycle-time' }))).toMatchObject({ n: 0, note: 'empty' });
  });

  test('withholds the value of one item', async () => {
    await given([worked(3)]);
    expect(only(await ask({ metric: 'cycle-time' }))).toMatchObject({ n: 1, values: { p50: null }, note: 'too-few' });
  });

  test('runs from the start and not from the creation', async () => {
    await given([1, 2, 3, 4, 5].map(worked));
    expect(only(await ask({ metric: 'cycle-time' }))).toMatchObject({ n: 5, values: { p50: 3 * 3_600 } });
  });

  test('counts open items with the time since their start', async () => {
    // Kaplan-Meier of {1,2,3,3+,5,6+,8,9+,12,15+} hours: median 8.
    const open = [3, 6, 9, 15].map((hours) => ({ created: at(0), started: at(400 - hours) }));
    await given([...[1, 2, 3, 5, 8, 12].map(worked), ...open]);
    expect(only(await ask({ metric: 'cycle-time' }))).toMatchObject({ n: 10, values: { p50: 8 * 3_600 } });
  });

  test('says "at least" where all are open', async () => {
    await given([0, 1, 2, 3, 4].map((hours) => ({ created: at(0), started: at(hours) })));
    expect(only(await ask({ metric: 'cycle-time' }))).toMatchObject({ values: { p50: null }, lo: 400 * 3_600 });
  });

  test('counts a reopened item once, from its first start to its final finish', async () => {
    const reopened = {
      ...worked(30),
      cycles: [
        { opened: at(0), resolved: at(11), reopened: at(20) },
        { opened: at(20), resolved: at(40) },
      ],
    };
    await given([reopened, worked(31), worked(32), worked(29), worked(28)]);
    expect(only(await ask({ metric: 'cycle-time' }))).toMatchObject({ n: 5, values: { p50: 30 * 3_600 } });
  });

  test('places an item in the period of its start, the first instant within and the last without', async () => {
    await given([at(0), at(24)].flatMap((started) => [1, 2, 3, 4, 5].map(() => ({ created: at(-100), started, ended: at(50) }))));
    const days = { metric: 'cycle-time', grain: 'day', from: '2026-01-05', to: '2026-01-07' } as const;
    expect((await ask(days)).rows.map((row) => row.n)).toEqual([5, 5]);
    expect((await ask({ ...days, zone: 'America/New_York' })).rows.map((row) => row.n)).toEqual([5, 0]);
  });

  test("takes the finished alone on the team's clock", async () => {
    const items = [1, 2, 3, 4, 5].map((hours) => ({ ...worked(hours), cycleBusinessSeconds: hours * 60 }));
    await given([...items, { created: at(0), started: at(1) }]);
    expect(await ask({ metric: 'cycle-time', clock: 'business' })).toMatchObject({
      treatment: 'FIN',
      rows: [{ n: 5, values: { p50: 180 } }],
    });
  });

  test('is absent, with the reason, where the source tells no courts', async () => {
    await given([worked(1)], { lacks: ['courts'] });
    expect(await ask({ metric: 'cycle-time' })).toMatchObject({
      rows: [],
      absent: [{ signal: 'courts', reason: 'No courts in the file.' }],
    });
  });
});

describe('spread', () => {
  const lasting = (hours: number): Omit<ItemFacts, 'name'> => ({ created: at(0), ended: at(hours) });

  test('is the quartile coefficient of dispersion', async () => {
    // Quartiles 2.25 and 7.25 h: 5 / 9.5.
    await given([1, 2, 2, 3, 3, 4, 5, 8, 13, 40].map(lasting));
    expect(only(await ask({ metric: 'spread' })).value).toBeCloseTo(0.526316, 6);
  });

  test('takes the quartiles of Kaplan and Meier where items are open', async () => {
    // S(3) = .7 and S(12) = .21875: Q1 = 3 h, Q3 = 12 h; 9 / 15.
    const open = [3, 6, 9, 15].map((hours) => ({ created: at(400 - hours) }));
    await given([...[1, 2, 3, 5, 8, 12].map(lasting), ...open]);
    expect(only(await ask({ metric: 'spread' })).value).toBeCloseTo(0.6, 12);
  });

  test('is 0 where all take the same, 1 where a quarter takes nothing, and undefined where three quarters do', async () => {
    await given([5, 5, 5, 5, 5].map(lasting));
    expect(only(await ask({ metric: 'spread' })).value).toBe(0);
    await given([0, 0, 5, 5, 5].map(lasting));
    expect(only(await ask({ metric: 'spread' })).value).toBe(1);
    await given([0, 0, 0, 0, 5].map(lasting));
    expect(only(await ask({ metric: 'spread' }))).toMatchObject({ value: null, note: 'undefined' });
  });

  test('is not reached while all are open, withheld of few and empty of none', async () => {
    await given([1, 2, 3, 4, 5].map((hours) => ({ created: at(hours) })));
    expect(only(await ask({ metric: 'spread' }))).toMatchObject({ value: null, note: 'not-reached' });
    await given([lasting(1)]);
    expect(only(await ask({ metric: 'spread' }))).toMatchObject({ n: 1, value: null, note: 'too-few' });
    await given([]);
    expect(only(await ask({ metric: 'spread' }))).toMatchObject({ n: 0, value: null, note: 'empty' });
  });
});

describe('sle-attainment', () => {
  /** Twenty finished in the last quarter of 2025 after 1 to 20 hours: P85 is 17.15 h (place 16.15 of 0 to 19). */
  const before = Array.from({ length: 20 }, (_, index) => ({
    created: '2025-12-01T00:00:00Z',
    ended: new Date(Date.parse('2025-12-01T00:00:00Z') + (index + 1) * hourMs).toISOString(),
  }));
  const taking = (seconds: number): Omit<ItemFacts, 'name'> => ({
    created: at(0),
    ended: new Date(start + seconds * 1_000).toISOString(),
  });
  const expected = 61_740;

  test('counts what finished within the P85 of the quarter before, that second included', async () => {
    await given([...before, taking(3_600), taking(expected), taking(expected + 1), taking(90_000), { created: at(0) }]);
    expect(only(await ask({ metric: 'sle-attainment' }))).toMatchObject({ n: 5, numerator: 2, value: 40 });
  });

  test('leaves out items created too short a time ago, finished or not', async () => {
    const asOf = at(400);
    const young = { created: at(383), ended: at(384) };
    const oldEnough = { created: at(382) };
    await given([...before, young, oldEnough, taking(1), taking(1), taking(1), taking(1)], { asOf });
    expect(only(await ask({ metric: 'sle-attainment' }))).toMatchObject({ n: 5, value: 80 });
  });

  test('takes a cancelled item as not finished within it, and one reopened beyond it too', async () => {
    const cancelled = { ...taking(60), outcome: 'cancelled' as const };
    const reopened = {
      ...taking(90_000),
      cycles: [
        { opened: at(0), resolved: at(1), reopened: at(2) },
        { opened: at(2), resolved: at(25) },
      ],
    };
    await given([...before, cancelled, reopened, taking(1), taking(1), taking(1)]);
    expect(only(await ask({ metric: 'sle-attainment' }))).toMatchObject({ n: 5, numerator: 3, value: 60 });
  });

  test('has no expectation of a type with fewer than 20 finished in the quarter before: left out and counted', async () => {
    const other = { ...taking(1), type: 'deal' };
    await given([...before, other, taking(1), taking(1), taking(1), taking(1), taking(1)]);
    expect(only(await ask({ metric: 'sle-attainment' }))).toMatchObject({ n: 5, value: 100, note: 'excluded:1' });
    await given([...before.slice(1), taking(1)]);
    expect(only(await ask({ metric: 'sle-attainment' }))).toMatchObject({ n: 0, note: 'empty;excluded:1' });
  });

  test('keeps the time of a quarter whatever is finished later', async () => {
    const later = Array.from({ length: 30 }, () => ({ created: at(0), ended: at(200) }));
    const january = { metric: 'sle-attainment', filters: { channel: ['web'] } };
    const asked = [1, 2, 3, 4, 5].map((hours) => ({ ...taking(hours * 3_600), channel: 'web' }));
    await given([...before, ...asked]);
    const first = only(await ask(january));
    await given([...before, ...asked, ...later]);
    expect(only(await ask(january))).toEqual(first);
  });

  test('is empty without items, absent without a finish', async () => {
    await given([]);
    expect(only(await ask({ metric: 'sle-attainment' }))).toMatchObject({ n: 0, value: null, note: 'empty' });
    await given([...before], { lacks: ['finish'] });
    expect(await ask({ metric: 'sle-attainment' })).toMatchObject({ rows: [], absent: [{ signal: 'finish' }] });
  });
});
