import { expect, test } from 'vitest';
import { testDatabase } from '../../../support/database.js';
import { bothEngines, only, writeFacts, type ConnectionFacts, type ItemFacts } from '../support/measured.js';

const { pool } = await testDatabase();
const { ask, refresh } = await bothEngines(pool);

const day = (n: number) => new Date(Date.parse('2026-01-01T00:00:00Z') + (n - 1) * 86_400_000).toISOString();
type Item = Omit<ItemFacts, 'name'>;
const daySeconds = 86_400;

async function given(items: Item[], connection: Partial<ConnectionFacts> = {}): Promise<void> {
  await writeFacts(
    pool,
    [{ name: 'desk', asOf: day(31), ...connection }],
    items.map((item, index) => ({ name: `item ${index}`, ...item })),
  );
  await refresh();
}
const times = <Value>(count: number, value: Value): Value[] => Array.from({ length: count }, () => value);

/** Known before January: of 50, 30 took three days and 20 took twenty. So .4 are late at first, and all that are open after three days. */
const history: Item[] = Array.from({ length: 50 }, (_, n) => ({ created: day(-29), ended: day(-29 + (n < 30 ? 3 : 20)) }));

/** Created and promised on the 2nd for so many days later. Ended after so many days; null is open. */
const promised = (due: number, days: number | null, outcome: 'done' | 'cancelled' = 'done'): Item => ({
  created: day(2),
  ended: days === null ? null : day(2 + days),
  outcome: days === null ? 'open' : outcome,
  promises: [{ said: day(2), due: day(2 + due), until: days === null ? null : day(2 + days) }],
});
/** Flagged from three days before its date on, when it is three days old. */
const warned = promised(6, 7);
/** Looked at 2.9, 1.9 and .9 days old, when .4 are late. */
const unwarned = promised(3.9, 5);

test('counts the missed promises that were flagged a day before, and how far flags could be trusted', async () => {
  const falseAlarm = promised(6, 5.5);
  const quick = promised(6, 3);
  await given([...history, ...times(4, warned), unwarned, unwarned, falseAlarm, quick]);
  const row = only(await ask({ metric: 'early-warning' }));
  expect(row).toMatchObject({ n: 6, numerator: 4, denominator: 6 });
  expect(row.values?.warned).toBeCloseTo(66.666667, 5);
  // Four of five flags came true; five flags came up in eight promises looked at.
  expect(row.values?.precision).toBeCloseTo(80, 9);
  expect(row.values?.flips).toBeCloseTo(0.625, 9);
  expect(row.note).toBe('too-few:warningLead');
});

test('tells how long before the date half of the true warnings came', async () => {
  await given([...history, ...times(3, warned), promised(10, 12), promised(10, 12)]);
  expect(only(await ask({ metric: 'early-warning' })).values).toMatchObject({ warned: 100, warningLead: 3 * daySeconds });
});

test('is 0 where none was flagged, and where nothing was known', async () => {
  await given([...history, ...times(5, unwarned)]);
  expect(only(await ask({ metric: 'early-warning' })).values).toEqual({ warned: 0, precision: null, warningLead: null, flips: 0 });
  await given(times(5, warned));
  expect(only(await ask({ metric: 'early-warning' }))).toMatchObject({ n: 5, values: { warned: 0 } });
});

test('looks a day before to the second, and leaves out and counts what was not open with a date then', async () => {
  const said = (seconds: number): Item => {
    const at = new Date(Date.parse(day(10)) - 1_000 * seconds).toISOString();
    return { created: day(2), ended: day(12), promises: [{ said: at, due: day(10), until: day(12) }] };
  };
  await given([...history, ...times(5, said(daySeconds)), said(daySeconds - 1)]);
  expect(only(await ask({ metric: 'early-warning' }))).toMatchObject({ n: 5, values: { warned: 100 }, note: 'excluded:1' });
});

test('asks about the date in force at the look and judges by the one that decided', async () => {
  // Until the 5th its date was the 25th, for which it was not late.
  const movedUp: Item = {
    created: day(2),
    ended: day(9),
    promises: [
      { said: day(2), due: day(25), until: day(4.5) },
      { said: day(4.5), due: day(6), until: day(9), movedSeconds: -19 * daySeconds, isAfterDue: false },
    ],
  };
  await given([...history, ...times(5, movedUp)]);
  // Flagged at the look on the 5th alone, three days old with one left.
  expect(only(await ask({ metric: 'early-warning' })).values).toMatchObject({ warned: 100, warningLead: daySeconds, flips: 1 });
});

test('counts open items past their date as missed, and cancelled ones not at all', async () => {
  await given([...history, ...times(5, promised(6, null)), promised(6, 5.5, 'cancelled'), promised(6, 8, 'cancelled')]);
  expect(only(await ask({ metric: 'early-warning' }))).toMatchObject({ n: 6, values: { warned: 100 } });
});

test('does not look while an item was closed before it was reopened', async () => {
  const reopened: Item = {
    ...promised(6, 9),
    cycles: [
      { opened: day(2), resolved: day(3), reopened: day(8.5) },
      { opened: day(8.5), resolved: day(11) },
    ],
  };
  // Only the looks at its first day remain, and .4 were late then.
  await given([...history, ...times(5, reopened)]);
  expect(only(await ask({ metric: 'early-warning' })).values).toMatchObject({ warned: 0 });
});

test('learns nothing from what came after the look', async () => {
  await given([...history, ...times(5, warned)]);
  const before = only(await ask({ metric: 'early-warning' }));
  await given([...history, ...times(5, warned), ...times(60, { created: day(1), ended: day(7.5) })]);
  expect(only(await ask({ metric: 'early-warning' }))).toEqual(before);
});

test('places a promise in the local day of its date, once that has passed', async () => {
  await given([...history, ...times(5, warned)]);
  const days = { metric: 'early-warning', grain: 'day', from: '2026-01-07', to: '2026-01-09' } as const;
  expect((await ask(days)).rows.map((row) => row.n)).toEqual([0, 5]);
  expect((await ask({ ...days, zone: 'America/New_York' })).rows.map((row) => row.n)).toEqual([5, 0]);
  await given([...history, ...times(5, promised(6, null))], { asOf: day(8) });
  expect(only(await ask({ metric: 'early-warning' }))).toMatchObject({ n: 0, note: 'empty' });
});

test('is withheld of one, and absent where the source tells no dates', async () => {
  await given([...history, warned]);
  expect(only(await ask({ metric: 'early-warning' }))).toMatchObject({ n: 1, values: { warned: null } });
  await given(history, { lacks: ['first-due'] });
  expect(await ask({ metric: 'early-warning' })).toMatchObject({ rows: [], absent: [{ signal: 'first-due' }] });
});
