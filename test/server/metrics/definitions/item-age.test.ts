import { describe, expect, test } from 'vitest';
import { queryMetrics } from '#server/metrics/query.js';
import { metricUnits } from '#server/metrics/units.js';
import { testDatabase } from '../../../support/database.js';
import { bothEngines, only, writeFacts, type ItemFacts } from '../support/measured.js';

const { pool } = await testDatabase();
const { ask, engines, refresh } = await bothEngines(pool);

const at = (hour: number) => new Date(Date.parse('2026-01-05T00:00:00Z') + hour * 3_600_000).toISOString();
type Facts = Omit<ItemFacts, 'name'>;

async function given(items: Facts[], asOf = 100, lacks: ('finish' | 'courts' | 'messages')[] = []): Promise<void> {
  await writeFacts(
    pool,
    [{ name: 'desk', asOf: at(asOf), lacks }],
    items.map((facts, index) => ({ name: `i${index}`, ...facts })),
  );
  await refresh();
}

const times = (count: number, item: Facts): Facts[] => Array.from({ length: count }, () => item);
const open = (created: number, more: Partial<NonNullable<Facts['intervals']>[number]> = {}): Facts => ({
  created: at(created),
  intervals: [{ from: at(created), to: null, ...more }],
});

describe('item-age', () => {
  test('is the time since the creation of what is open when the data ends', async () => {
    // Aged 100, 90, 80, 70 and 60 h: the middle one is 80.
    await given([
      open(0),
      open(10),
      open(20),
      open(30),
      open(40),
      { created: at(0), ended: at(50), intervals: [{ from: at(0), to: at(50) }] },
    ]);
    expect(only(await ask({ metric: 'item-age' }))).toMatchObject({
      n: 5,
      values: { p50: 288_000, p85: null },
      note: 'too-few:p85;too-few:p95',
    });
  });

  test('in a period that is over is what was open in its last second', async () => {
    await given([...times(5, open(0)), open(60)]);
    const { rows } = await ask({ metric: 'item-age', grain: 'day', from: '2026-01-05', to: '2026-01-09' });
    expect(rows.map((row) => row.n)).toEqual([5, 5, 6, 6]);
    expect(rows[0]?.values?.['p50']).toBe(86_399);
  });

  test('is the same of periods that lie in each other, asked together', async () => {
    await given([...times(5, open(0)), open(60)]);
    const days = { metric: 'item-age', grain: 'day', from: '2026-01-05', to: '2026-01-09', zone: 'UTC' } as const;
    const [engine] = engines;
    const answers = engine ? await queryMetrics(engine, [days, { ...days, grain: 'all' }, { ...days, to: '2026-01-07' }]) : [];
    expect(answers.map(({ rows }) => rows.map(({ n }) => n))).toEqual([[5, 5, 6, 6], [6], [5, 5]]);
  });

  test('counts a reopened item as old as it is since its creation, and not while it was closed', async () => {
    const reopened: Facts = {
      created: at(0),
      intervals: [
        { from: at(0), to: at(10) },
        { from: at(60), to: null },
      ],
    };
    await given(times(5, reopened));
    const { rows } = await ask({ metric: 'item-age', grain: 'day', from: '2026-01-06', to: '2026-01-10' });
    expect(rows.map((row) => row.n)).toEqual([0, 5, 5, 5]);
    expect(rows[1]?.values?.['p50']).toBe(72 * 3_600 - 1);
  });

  test('is empty where nothing is open, and absent without a finish', async () => {
    await given([{ created: at(0), ended: at(5), intervals: [{ from: at(0), to: at(5) }] }]);
    expect(only(await ask({ metric: 'item-age' }))).toMatchObject({ n: 0, note: 'empty' });
    await given([open(0)], 100, ['finish']);
    expect(await ask({ metric: 'item-age' })).toMatchObject({ rows: [], absent: [{ signal: 'finish' }] });
  });

  test('tells of each item its age, its court and whether its date has passed', async () => {
    await given([open(0, { court: 'customer', duePast: true, nextStep: false })]);
    for (const engine of engines) {
      const { rows } = await metricUnits(engine, {
        metric: 'item-age',
        from: '2026-01-01',
        to: '2026-02-01',
        grain: 'all',
        zone: 'UTC',
        take: 'sample',
        most: 10,
      });
      expect(rows.map((row) => row.tells)).toEqual([{ age: 360_000, isDuePast: 1, hasDate: 1, court: 'customer' }]);
    }
  });
});

describe('court-age', () => {
  /** With us for `ours` hours, then with the customer up to the hour `end`. */
  const finished = (ours: number, end: number): Facts => ({
    created: at(0),
    ended: at(end),
    intervals: [
      { from: at(0), to: at(ours), court: 'ours_active' },
      { from: at(ours), to: at(end), court: 'customer' },
    ],
  });

  test('is the age at which finished items last left each court', async () => {
    await given([finished(1, 11), finished(2, 12), finished(3, 13), finished(4, 14), finished(5, 15), open(0)]);
    const { rows } = await ask({ metric: 'court-age' });
    expect(rows.map(({ by, n, values }) => [by, n, values?.['p50']])).toEqual([
      ['customer', 5, 13 * 3_600],
      ['ours_active', 5, 3 * 3_600],
    ]);
  });

  test('of an item that came back to a court is that of its last leaving', async () => {
    const back: Facts = {
      created: at(0),
      ended: at(20),
      intervals: [
        { from: at(0), to: at(1), court: 'ours_active' },
        { from: at(1), to: at(10), court: 'customer' },
        { from: at(10), to: at(20), court: 'ours_active' },
      ],
    };
    await given(times(5, back));
    const { rows } = await ask({ metric: 'court-age' });
    expect(rows.map(({ by, values }) => [by, values?.['p50']])).toEqual([
      ['customer', 10 * 3_600],
      ['ours_active', 20 * 3_600],
    ]);
  });

  test('has no row where nothing was finished', async () => {
    await given([open(0)]);
    expect((await ask({ metric: 'court-age' })).rows).toEqual([]);
  });
});

describe('silent-items', () => {
  const day = { metric: 'silent-items', grain: 'day' as const, from: '2026-01-05', to: '2026-01-08' };
  /** Fresh for 30 hours, silent from then on. */
  const silent: Facts = {
    created: at(0),
    intervals: [
      { from: at(0), to: at(30), fresh: true },
      { from: at(30), to: null, fresh: false },
    ],
  };

  test('is the share of items that were silent at some time of the day', async () => {
    await given([...times(3, silent), ...times(3, open(0))]);
    const { rows } = await ask(day);
    expect(rows.map(({ n, numerator, value }) => [n, numerator, value])).toEqual([
      [6, 0, 0],
      [6, 3, 50],
      [6, 3, 50],
    ]);
  });

  test('does not count silence while the ball is with the customer', async () => {
    await given(times(5, open(0, { court: 'customer', fresh: false })));
    expect((await ask(day)).rows.map((row) => row.n)).toEqual([0, 0, 0]);
  });

  test('is withheld of four items, and absent where the source tells no messages', async () => {
    await given(times(4, silent));
    expect((await ask(day)).rows[1]).toMatchObject({ n: 4, value: null, note: 'too-few' });
    await given([silent], 100, ['messages']);
    expect(await ask(day)).toMatchObject({ rows: [], absent: [{ signal: 'messages' }] });
  });
});
