import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../support/database.js';
import { bothEngines, only, writeFacts, type ItemFacts } from '../support/measured.js';

const { pool } = await testDatabase();
const { ask, refresh } = await bothEngines(pool);

const start = Date.parse('2026-01-05T00:00:00Z');
const at = (hours: number) => new Date(start + hours * 3_600_000).toISOString();

async function given(asOf: number, items: Omit<ItemFacts, 'name'>[]): Promise<void> {
  await writeFacts(
    pool,
    [{ name: 'desk', asOf: at(asOf) }],
    items.map((item, index) => ({ name: `i${index}`, ...item })),
  );
  await refresh();
}

describe('tail-ratio', () => {
  test('is P85 over P50', async () => {
    // {1,2,2,3,3,4,5,8,13,40} hours twice: P50 3.5 h; P85 at place 16.15 of 0..19: 13 h (the 17th and the 18th are 13).
    const hours = [1, 2, 2, 3, 3, 4, 5, 8, 13, 40];
    await given(
      100,
      [...hours, ...hours].map((length) => ({ created: at(0), ended: at(length) })),
    );
    const row = only(await ask({ metric: 'tail-ratio' }));
    expect(row).toMatchObject({ n: 20, note: null });
    expect(row.value).toBeCloseTo(13 / 3.5, 9);
    expect(row.lo ?? 0).toBeLessThan(13 / 3.5);
  });

  test('is withheld below twenty', async () => {
    await given(
      100,
      Array.from({ length: 19 }, (_, index) => ({ created: at(0), ended: at(index + 1) })),
    );
    expect(only(await ask({ metric: 'tail-ratio' }))).toMatchObject({ n: 19, value: null, note: 'too-few' });
  });

  test('does not divide by nothing', async () => {
    await given(
      100,
      Array.from({ length: 20 }, () => ({ created: at(0), ended: at(0) })),
    );
    expect(only(await ask({ metric: 'tail-ratio' }))).toMatchObject({ value: null, note: 'undefined' });
  });
});

describe('reopen-rate', () => {
  const day = 24;
  const cycle = (resolved: number, reopened?: number): Omit<ItemFacts, 'name'> => ({
    created: at(0),
    cycles: [{ opened: at(0), resolved: at(resolved), reopened: reopened === undefined ? null : at(reopened) }],
  });

  test('counts a reopening up to seven days after, and no later', async () => {
    // After exactly 7 days: counts. An hour later: not.
    await given(30 * day, [cycle(1), cycle(1), cycle(1), cycle(1, 1 + 7 * day), cycle(1, 2 + 7 * day)]);
    expect(only(await ask({ metric: 'reopen-rate' }))).toMatchObject({ n: 5, value: 20, numerator: 1 });
  });

  test('waits until a resolution is seven days old', async () => {
    await given(8 * day, [cycle(day), cycle(day + 1, day + 2)]);
    expect(only(await ask({ metric: 'reopen-rate' }))).toMatchObject({ n: 1 });
  });

  test('counts each resolution of an item', async () => {
    await given(30 * day, [
      {
        created: at(0),
        cycles: [
          { opened: at(0), resolved: at(1), reopened: at(2) },
          { opened: at(2), resolved: at(3) },
        ],
      },
    ]);
    expect(only(await ask({ metric: 'reopen-rate' }))).toMatchObject({ n: 2, numerator: 1 });
  });
});

describe('process-behaviour', () => {
  /** Five items on each day, all finished after as many hours. */
  const days = (hours: number[]) =>
    hours.flatMap((length, day) => Array.from({ length: 5 }, () => ({ created: at(24 * day), ended: at(24 * day + length) })));
  const baseline = [10, 12, 11, 9, 10, 13, 11, 10, 12, 11, 9, 11];

  test('marks what lies outside the limits of the first twelve periods', async () => {
    // Mean 129/12 = 10.75 h; moving ranges 17 + 2 over 11 = 1.7273 h: limits 15.3445 and 6.1555 h.
    await given(24 * 40, days([...baseline, 25]));
    const { rows } = await ask({ metric: 'process-behaviour', grain: 'day', from: '2026-01-05', to: '2026-01-18' });
    const last = rows.at(-1);
    expect(last).toMatchObject({ bucket: '2026-01-17', n: 5, values: { value: 90_000, mean: 38_700 } });
    expect(last?.values?.upper).toBeCloseTo(15.34454545 * 3_600, 3);
    expect(last?.values?.lower).toBeCloseTo(6.15545455 * 3_600, 3);
    expect(last?.note?.split(';').filter((note) => note.startsWith('signal'))).toEqual(['signal:outside', 'signal:moving-range']);
    expect(rows.filter((row) => row.note?.includes('signal'))).toHaveLength(1);
    expect(rows.filter((row) => row.note?.includes('baseline'))).toHaveLength(12);
  });

  test('does not test a period that is running', async () => {
    // The data ends during the 13th day: it is no point, though its value is shown.
    await given(24 * 12 + 12, days([...baseline, 6]));
    const { rows } = await ask({ metric: 'process-behaviour', grain: 'day', from: '2026-01-05', to: '2026-01-18' });
    expect(rows.at(-1)).toMatchObject({ values: { value: 21_600, movingRange: null } });
    expect(rows.at(-1)?.note).toContain('running');
    expect(rows.at(-1)?.note).not.toContain('signal');
  });

  test('has no limits from five periods', async () => {
    await given(24 * 40, days([10, 12, 11, 9, 10]));
    const { rows } = await ask({ metric: 'process-behaviour', grain: 'day', from: '2026-01-05', to: '2026-01-10' });
    expect(rows.map((row) => row.values?.mean)).toEqual([null, null, null, null, null]);
    expect(rows[0]?.note).toContain('too-few:mean');
  });

  test('watches another metric on request', async () => {
    await given(24 * 40, days(baseline));
    const result = await ask({ metric: 'process-behaviour', of: 'handoffs', grain: 'week', from: '2026-01-05', to: '2026-01-19' });
    expect(result).toMatchObject({ metric: 'process-behaviour', unit: 'n', treatment: 'TW' });
  });
});
