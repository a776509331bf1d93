import { expect, test } from 'vitest';
import { testDatabase } from '../../../support/database.js';
import { bothEngines, writeFacts, type ItemFacts } from '../support/measured.js';

const { pool } = await testDatabase();
const { ask, refresh } = await bothEngines(pool);

/** Promises due on a day, so many of ten kept. */
const due = (day: string, kept: number, team = 'A', count = 10): Omit<ItemFacts, 'name'>[] =>
  Array.from({ length: count }, (_, index) => ({
    created: '2024-12-01T00:00:00Z',
    ended: index < kept ? '2024-12-02T00:00:00Z' : '2026-11-01T00:00:00Z',
    team,
    promises: [{ said: '2024-12-01T00:00:00Z', due: `${day}T12:00:00Z` }],
  }));

async function given(items: Omit<ItemFacts, 'name'>[], asOf = '2026-11-10T00:00:00Z', more: { lacks?: ['due'] } = {}): Promise<void> {
  await writeFacts(
    pool,
    [{ name: 'desk', asOf, ...more }],
    items.map((item, index) => ({ name: `i${index}`, ...item })),
  );
  await refresh();
}

const quarters = [
  ...due('2025-01-01', 6),
  ...due('2025-06-30', 8),
  ...due('2025-07-01', 5),
  ...due('2025-12-31', 10, 'A', 4),
  ...due('2026-01-15', 7),
];
const whole = { metric: 'target-ratchet', from: '2025-01-01', to: '2026-02-01', grain: 'all' } as const;

test('the target is the best complete quarter before, and does not fall', async () => {
  await given(quarters, '2026-02-20T00:00:00Z');
  const { rows, unit } = await ask(whole);
  expect(unit).toBe('%');
  expect(rows.map(({ bucket, n, values, note }) => [bucket, n, values?.value, values?.target, note])).toEqual([
    ['2025-01-01', 10, 60, null, 'too-few:target'],
    // The data may have begun in the middle of the first: it makes no target.
    ['2025-04-01', 10, 80, null, 'too-few:target'],
    ['2025-07-01', 10, 50, 80, null],
    // Four are withheld, and make no target.
    ['2025-10-01', 4, null, 80, 'too-few'],
    ['2026-01-01', 10, 70, 80, 'running'],
  ]);
});

test('looks back beyond the window', async () => {
  await given(quarters);
  expect((await ask({ ...whole, from: '2026-01-10' })).rows).toMatchObject([
    { bucket: '2026-01-01', values: { value: 70, target: 80 }, note: null },
  ]);
});

test('of a metric where less is better the best is the least', async () => {
  const lead = (day: string, hours: number): Omit<ItemFacts, 'name'>[] =>
    Array.from({ length: 5 }, () => ({
      created: `${day}T00:00:00Z`,
      ended: new Date(Date.parse(`${day}T00:00:00Z`) + hours * 3_600_000).toISOString(),
    }));
  await given([...lead('2025-02-01', 9), ...lead('2025-05-01', 4), ...lead('2025-08-01', 6)]);
  const { rows, unit } = await ask({ ...whole, of: 'lead-time', from: '2025-08-01', to: '2025-09-01' });
  expect(unit).toBe('s');
  expect(rows).toMatchObject([{ values: { value: 21_600, target: 14_400 } }]);
});

test('each team has its own, and a quarter begins where the reader is', async () => {
  await given([...due('2025-01-01', 6), ...due('2025-05-01', 2, 'B'), ...due('2025-05-01', 9), ...due('2025-08-01', 7)]);
  const { rows } = await ask({ ...whole, to: '2025-10-01', by: 'team' });
  expect(rows.map(({ bucket, by, values }) => [bucket, by, values?.value, values?.target])).toEqual([
    ['2025-01-01', 'A', 60, null],
    ['2025-04-01', 'A', 90, null],
    ['2025-04-01', 'B', 20, null],
    ['2025-07-01', 'A', 70, 90],
  ]);
  // Noon of New Year's Day in UTC is already the next day on Kiritimati, but noon of the 31st of December is that day.
  await given(due('2024-12-31', 6));
  expect((await ask({ ...whole, to: '2025-04-01', zone: 'Pacific/Kiritimati' })).rows).toMatchObject([{ bucket: '2025-01-01', n: 10 }]);
});

test('is empty without units, absent without the signal, and refuses what has no better', async () => {
  await given([]);
  expect((await ask({ ...whole, to: '2025-02-01' })).rows).toMatchObject([
    { n: 0, values: { value: null, target: null }, note: 'empty;too-few:target' },
  ]);
  await given(due('2025-01-01', 6), undefined, { lacks: ['due'] });
  expect(await ask(whole)).toMatchObject({ rows: [], absent: [{ signal: 'due', reason: 'No due in the file.' }] });
  await expect(ask({ ...whole, of: 'handover-matrix' })).rejects.toThrow('"handover-matrix" can be no target');
});
