import { describe, expect, test } from 'vitest';
import { openItemForecasts } from '#server/metrics/forecast/open-item-forecasts.js';
import { testDatabase } from '../../../support/database.js';
import { bothEngines, id, only, writeFacts, type ConnectionFacts, type ItemFacts } from '../support/measured.js';

const { pool } = await testDatabase();
const { ask, engines, refresh } = await bothEngines(pool);

const hourMs = 3_600_000;
const start = Date.parse('2026-01-05T00:00:00Z');
const at = (hours: number) => new Date(start + hours * hourMs).toISOString();
type Item = Omit<ItemFacts, 'name'>;

async function given(items: Item[], connection: Partial<ConnectionFacts> = {}): Promise<void> {
  await writeFacts(
    pool,
    [{ name: 'desk', asOf: at(20), ...connection }],
    items.map((item, index) => ({ name: `item ${index}`, ...item })),
  );
  await refresh();
}

/** Of the data at 20 h: {1,2,3,3+,5,6+,8,9+,12,15+} hours. */
const history: Item[] = [
  ...[1, 2, 3, 5, 8, 12].map((hours) => ({ created: at(20 - hours), ended: at(20) })),
  ...[3, 6, 9, 15].map((hours) => ({ created: at(20 - hours) })),
];

/** Open for `age` hours when the data ends, with so many left until its date. */
const waiting = (age: number, left: number): Item => ({
  created: at(20 - age),
  promises: [{ said: at(20 - age), due: at(20 + left) }],
});
const five = (item: Item) => [item, item, item, item, item];

describe('p-late', () => {
  test('is S(a + r) / S(a) of what is known', async () => {
    // S(8) / S(4) = .4375 / .7, for each of five.
    await given([...history, ...five(waiting(4, 4))]);
    const { n, values, numerator } = only(await ask({ metric: 'p-late' }));
    expect(n).toBe(5);
    expect(values?.meanForecast).toBeCloseTo(0.625, 12);
    expect(values?.expectedLate).toBeCloseTo(3.125, 12);
    expect([values?.alreadyLate, numerator]).toEqual([0, 0]);
  });

  test('is 1 for an item past its date, the due instant included', async () => {
    await given([...history, ...five(waiting(4, 4)), waiting(4, -1), waiting(4, 0)]);
    const { values } = only(await ask({ metric: 'p-late' }));
    expect(values?.alreadyLate).toBe(2);
    expect(values?.expectedLate).toBeCloseTo(5.125, 12);
  });

  test('goes by the date in force and by nothing that was taken back', async () => {
    const moved: Item = {
      created: at(16),
      promises: [
        { said: at(16), due: at(17), until: at(18) },
        { said: at(18), due: at(24), movedSeconds: 25_200, isAfterDue: true },
      ],
    };
    const takenBack: Item = { created: at(16), promises: [{ said: at(16), due: at(17), until: at(18) }] };
    await given([...history, ...five(moved), takenBack]);
    expect(only(await ask({ metric: 'p-late' })).values?.meanForecast).toBeCloseTo(0.625, 12);
    expect(only(await ask({ metric: 'p-late' })).n).toBe(5);
  });

  test('lets cancelled items compete', async () => {
    // Of those older than 4 h (5, 6+, 8, 9+, 12, 15+), the 5 is cancelled: 1 of 4 left at 8 h finishes, of 5/6 still open.
    const cancelled = history.map((item) => (item.created === at(15) ? { ...item, outcome: 'cancelled' as const } : item));
    await given([...cancelled, ...five(waiting(4, 4))]);
    expect(only(await ask({ metric: 'p-late' })).values?.meanForecast).toBeCloseTo(1 - (5 / 6) * (1 / 4), 12);
  });

  test('learns from the type where 30 of it were at risk, and from all where not', async () => {
    const quick = Array.from({ length: 40 }, (): Item => ({ created: at(0), ended: at(6), type: 'quick' }));
    await given([...history, ...quick, ...five({ ...waiting(4, 4), type: 'quick' })]);
    expect(only(await ask({ metric: 'p-late' })).values?.meanForecast).toBe(0);
    const list = await openItemForecasts(engines[0]!, { from: '2026-01-01', to: '2026-02-01', zone: 'UTC' });
    expect(list[0]).toMatchObject({
      age: 14_400,
      left: 14_400,
      forecast: { p: 0, stratum: 'type-priority', atRisk: 40 },
      expectedOverrun: 0,
    });
    await given([...history, ...quick, ...five(waiting(4, 4))]);
    // Of all 46 older than 4 h: 5 finishes, 40 of 45 at 6 h, then 1 of the 4 left at 8 h.
    expect(only(await ask({ metric: 'p-late' })).values?.meanForecast).toBeCloseTo((45 / 46) * (5 / 45) * (3 / 4), 12);
  });

  test('does not change when more is told of what came later', async () => {
    const window = { metric: 'p-late', from: '2026-01-05', to: '2026-01-06', grain: 'day' } as const;
    const early = [1, 2, 3, 5, 8, 13, 14, 15, 16, 12].map((hours): Item => ({ created: at(0), ended: at(hours) }));
    const asked = five({ created: at(18), promises: [{ said: at(18), due: at(30) }] });
    const stillOpen: Item = { created: at(1) };
    await given([...early, ...asked, stillOpen], { asOf: at(24) });
    const before = only(await ask(window));
    expect(before.values?.meanForecast).toBeGreaterThan(0);
    // One finish is undone, all that waited is finished, and a later item finishes at once.
    const undone: Item = { created: at(0), cycles: [{ opened: at(0), resolved: at(12), reopened: at(40) }, { opened: at(40) }] };
    const answered = asked.map((item): Item => ({ ...item, ended: at(29), promises: [{ said: at(18), due: at(30), until: at(29) }] }));
    await given([...early.slice(0, -1), undone, ...answered, { created: at(1), ended: at(25) }, { created: at(26), ended: at(26) }], {
      asOf: at(60),
    });
    expect(only(await ask(window))).toMatchObject({ n: before.n, values: before.values, lo: before.lo, hi: before.hi });
  });

  test('takes an item between a finish and a reopening as finished', async () => {
    const reopened: Item = {
      ...waiting(10, 5),
      cycles: [{ opened: at(10), resolved: at(11), reopened: at(30) }, { opened: at(30) }],
    };
    await given([...history, ...five(reopened)], { asOf: at(50) });
    expect(only(await ask({ metric: 'p-late', from: '2026-01-05', to: '2026-01-06' })).n).toBe(0);
    expect(only(await ask({ metric: 'p-late', from: '2026-01-05', to: '2026-01-07' })).n).toBe(5);
  });

  test('takes the state in the last second of the local day', async () => {
    const ended: Item = { created: at(20), ended: at(26), promises: [{ said: at(20), due: at(28), until: at(26) }] };
    await given([...history, ...five(ended)], { asOf: at(60) });
    const days = { metric: 'p-late', grain: 'day', from: '2026-01-04', to: '2026-01-06' } as const;
    expect((await ask(days)).rows.map((row) => row.n)).toEqual([0, 5]);
    expect((await ask({ ...days, zone: 'America/New_York' })).rows.map((row) => row.n)).toEqual([0, 0]);
    expect((await ask({ ...days, zone: 'Europe/Berlin' })).rows.map((row) => row.n)).toEqual([0, 5]);
  });

  test('leaves out and counts what nothing like it was seen of', async () => {
    await given([...history, ...five(waiting(4, 4)), waiting(19, 4)]);
    expect(only(await ask({ metric: 'p-late' }))).toMatchObject({ n: 5, note: 'excluded:1' });
  });

  test('is empty without open promises, withheld of one, absent without the first dates', async () => {
    await given(history);
    expect(only(await ask({ metric: 'p-late' }))).toMatchObject({ n: 0, note: 'empty' });
    await given([...history, waiting(4, 4)]);
    expect(only(await ask({ metric: 'p-late' }))).toMatchObject({ n: 1, values: { meanForecast: null }, note: 'too-few' });
    await given(history, { lacks: ['first-due'] });
    expect(await ask({ metric: 'p-late' })).toMatchObject({ rows: [], absent: [{ signal: 'first-due' }] });
  });
});

test('openItemForecasts lists the likeliest to be late first, with how far', async () => {
  await given([...history, ...five(waiting(4, 4)), waiting(4, -1)]);
  for (const engine of engines) {
    const list = await openItemForecasts(engine, { from: '2026-01-01', to: '2026-02-01', zone: 'UTC' });
    expect(list).toHaveLength(6);
    // Half of those open at 4 h are finished by 12 h: the late one is then 9 h past its date, the others 4 h.
    expect(list[0]).toEqual({
      itemId: id('item', 'item 15'),
      age: 14_400,
      left: -3_600,
      forecast: { p: 1, stratum: 'all', atRisk: 6, medianAge: 43_200 },
      expectedOverrun: 32_400,
    });
    expect(list[1]).toMatchObject({ left: 14_400, forecast: { stratum: 'all' }, expectedOverrun: 14_400 });
  }
});
