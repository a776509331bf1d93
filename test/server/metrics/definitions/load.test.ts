import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../support/database.js';
import { bothEngines, only, writeFacts, type ItemFacts } from '../support/measured.js';

const { pool } = await testDatabase();
const { ask, refresh } = await bothEngines(pool);

type Facts = Omit<ItemFacts, 'name'>;
const monday = Date.parse('2026-01-05T00:00:00Z');
const at = (week: number, hours = 0) => new Date(monday + (week * 168 + hours) * 3_600_000).toISOString();
const times = (count: number, item: Facts): Facts[] => Array.from({ length: count }, () => item);
const before = { created: '2025-11-01T00:00:00Z' };

async function given(items: Facts[], asOf = at(20), lacks: 'person'[] = []): Promise<void> {
  await writeFacts(
    pool,
    [{ name: 'desk', asOf, lacks }],
    items.map((item, index) => ({ name: `i${index}`, ...item })),
  );
  await refresh();
}

describe('load', () => {
  const week = { metric: 'load', from: '2026-01-05', to: '2026-01-12' };
  const held = (from: string, to: string | null, person: string): Facts => ({ ...before, owners: [{ from, to, person }] });

  test('is open items at a time over the persons who had one', async () => {
    // Ann has four all week, Bob one for its second half: (4 + .5) / 2.
    await given([...times(4, held(at(0), at(1), 'ann')), held(at(0, 84), null, 'bob')]);
    expect(only(await ask(week))).toMatchObject({ n: 5, value: 2.25, note: null });
  });

  test('does not count who had none in the period, nor what nobody had', async () => {
    await given([
      ...times(5, held(at(0), at(1), 'ann')),
      ...times(3, held(at(1), null, 'bob')),
      ...times(2, held(at(-1), at(0), 'cem')),
      before,
    ]);
    expect(only(await ask(week))).toMatchObject({ n: 5, value: 5 });
  });

  test('of a running period goes up to the end of the data', async () => {
    await given(times(6, held(at(0), null, 'ann')), at(0, 24));
    expect(only(await ask(week))).toMatchObject({ n: 6, value: 6 });
  });

  test('passes from one person to the next', async () => {
    const owners = [
      { from: at(0), to: at(0, 84), person: 'ann' },
      { from: at(0, 84), to: at(1), person: 'bob' },
    ];
    await given(times(6, { ...before, owners }));
    expect(only(await ask(week))).toMatchObject({ n: 6, value: 3 });
  });

  test('says a period of several once', async () => {
    await given(times(6, held(at(0), at(2), 'ann')));
    const { rows } = await ask({ metric: 'load', from: '2026-01-05', to: '2026-01-19', grain: 'week', by: 'type' });
    expect(rows.map(({ bucket, value }) => [bucket, value])).toEqual([
      ['2026-01-05', 6],
      ['2026-01-12', 6],
    ]);
  });

  test('is empty without owners, withheld of four items, and absent where the source tells no persons', async () => {
    await given([before]);
    expect(only(await ask(week))).toMatchObject({ n: 0, value: null, note: 'empty' });
    await given(times(4, held(at(0), at(1), 'ann')));
    expect(only(await ask(week))).toMatchObject({ n: 4, value: null, note: 'too-few' });
    await given(times(5, held(at(0), at(1), 'ann')), at(20), ['person']);
    expect(await ask(week)).toMatchObject({ rows: [], absent: [{ signal: 'person' }] });
  });
});

describe('level-vs-load', () => {
  /** In week w: 5 + w items for Ann, 10 - w of ten promises kept, twenty items of 10 + 2w hours. */
  const weeks = (count: number): Facts[] =>
    Array.from({ length: count }, (_, week) => [
      ...times(5 + week, { ...before, ended: at(week + 1), owners: [{ from: at(week), to: at(week + 1), person: 'ann' }] }),
      ...Array.from({ length: 10 }, (_item, index) => ({
        ...before,
        ended: index < 10 - week ? at(-1) : at(19),
        promises: [{ said: before.created, due: at(week, 30) }],
      })),
      ...times(20, { created: at(week), ended: at(week, 10 + 2 * week) }),
    ]).flat();
  const whole = { metric: 'level-vs-load', from: '2026-01-05', to: '2026-03-02' };

  test('is the slope through the complete weeks', async () => {
    // On time falls by 10 points, P85 rises by two hours with each item; all points lie on their line.
    await given(weeks(8));
    const row = only(await ask(whole));
    expect(row).toMatchObject({ n: 80, note: null });
    expect(row.values?.onTimeSlope).toBeCloseTo(-10, 9);
    expect(row.values?.leadTimeSlope).toBeCloseTo(7_200, 6);
    expect(row.lo).toBeCloseTo(-10, 6);
    expect(row.hi).toBeCloseTo(-10, 6);
  });

  test('leaves out the week that is running and those the window cuts', async () => {
    await given(weeks(9), at(8, 100));
    expect(only(await ask({ ...whole, from: '2026-01-02', to: '2026-03-09' }))).toMatchObject({ n: 80, note: null });
    expect(only(await ask({ ...whole, from: '2026-01-06' }))).toMatchObject({
      n: 70,
      values: { onTimeSlope: null },
      note: 'too-few;too-few:leadTimeSlope',
    });
  });

  test('has a row for each bucket, and none of its own in days', async () => {
    await given(weeks(8));
    const { rows } = await ask({ ...whole, grain: 'month' });
    // Whole weeks: from 5 and 12 and 19 January, from 2, 9 and 16 February; none in March.
    expect(rows.map(({ bucket, n }) => [bucket, n])).toEqual([
      ['2026-01-05', 30],
      ['2026-02-01', 30],
      ['2026-03-01', 0],
    ]);
    expect((await ask({ ...whole, grain: 'day', to: '2026-01-08' })).rows.map(({ n, note }) => [n, note?.split(';')[0]])).toEqual([
      [0, 'empty'],
      [0, 'empty'],
      [0, 'empty'],
    ]);
  });

  test('says nothing where the load does not change', async () => {
    const even = weeks(8).filter((item) => item.owners === undefined);
    const steady = Array.from({ length: 8 }, (_, week) =>
      times(5, { ...before, owners: [{ from: at(week), to: at(week + 1), person: 'ann' }] }),
    ).flat();
    await given([...even, ...steady]);
    expect(only(await ask(whole))).toMatchObject({ n: 80, values: { onTimeSlope: null, leadTimeSlope: null } });
  });

  test('is absent where one of the three cannot be measured', async () => {
    await given(weeks(8), at(20), ['person']);
    expect(await ask(whole)).toMatchObject({ rows: [], absent: [{ connection: 'desk', signal: 'person' }] });
  });
});
