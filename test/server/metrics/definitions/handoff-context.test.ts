import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../support/database.js';
import { bothEngines, only, writeFacts, type ItemFacts } from '../support/measured.js';

const { pool } = await testDatabase();
const { ask, refresh } = await bothEngines(pool);

const at = (hour: number) => new Date(Date.parse('2026-01-05T00:00:00Z') + hour * 3_600_000).toISOString();
type Handoff = NonNullable<ItemFacts['handoffs']>[number];
const handoff = (hour: number, from: string, to: string, more: Partial<Handoff> = {}): Handoff => ({
  at: at(hour),
  from,
  to,
  until: at(48),
  ...more,
});

/** Open from 0 to 48 h, with A. */
const item = (more: Partial<ItemFacts> = {}): Omit<ItemFacts, 'name'> => ({
  created: at(0),
  ended: at(48),
  team: 'A',
  firstTeam: 'A',
  intervals: [{ from: at(0), to: at(48), team: 'A' }],
  ...more,
});
const five = (facts: Omit<ItemFacts, 'name'>) => [facts, facts, facts, facts, facts];

async function given(
  items: Omit<ItemFacts, 'name'>[],
  connection: { asOf?: string; from?: string; lacks?: ('team' | 'visibility')[] } = {},
) {
  await writeFacts(
    pool,
    [{ name: 'desk', asOf: at(100), ...connection }],
    items.map((facts, index) => ({ name: `i${index}`, ...facts })),
  );
  await refresh();
}

describe('cold-handoff', () => {
  const handed = (note: boolean | null, hour = 1) => item({ handoffs: [handoff(hour, 'A', 'B', { note })] });

  test('is the part of the handoffs without a note', async () => {
    await given([handed(true), handed(true), handed(true), handed(false), handed(false)]);
    expect(only(await ask({ metric: 'cold-handoff' }))).toMatchObject({ n: 5, value: 40, numerator: 2, denominator: 5, note: null });
  });

  test('does not judge a handoff until five minutes have passed', async () => {
    await given([...five(handed(false)), handed(false, 2)], { asOf: '2026-01-05T02:05:00Z' });
    expect(only(await ask({ metric: 'cold-handoff' }))).toMatchObject({ n: 5, value: 100 });
    await given([...five(handed(false)), handed(false, 2)], { asOf: '2026-01-05T02:05:01Z' });
    expect(only(await ask({ metric: 'cold-handoff' }))).toMatchObject({ n: 6, value: 100 });
  });

  test('counts each handoff of a reopened item, and of an open one', async () => {
    await given([
      item({
        ended: null,
        cycles: [{ opened: at(0), resolved: at(2), reopened: at(3) }, { opened: at(3) }],
        handoffs: [1, 2, 3, 4, 5].map((hour) => handoff(hour, hour % 2 ? 'A' : 'B', hour % 2 ? 'B' : 'A', { note: hour < 5 })),
      }),
    ]);
    expect(only(await ask({ metric: 'cold-handoff' }))).toMatchObject({ n: 5, value: 20 });
  });

  test('belongs to the day of the asked zone, of which midnight is the first instant', async () => {
    // 2026-01-05T20:30Z is midnight in Tehran.
    await given(five(handed(false, 20.5)));
    const { rows } = await ask({ metric: 'cold-handoff', grain: 'day', zone: 'Asia/Tehran', from: '2026-01-05', to: '2026-01-07' });
    expect(rows.map((row) => [row.bucket, row.n])).toEqual([
      ['2026-01-05', 0],
      ['2026-01-06', 5],
    ]);
  });

  test('says nothing of few handoffs or none', async () => {
    await given([handed(false)]);
    expect(only(await ask({ metric: 'cold-handoff' }))).toMatchObject({ n: 1, value: null, note: 'too-few' });
    await given([item()]);
    expect(only(await ask({ metric: 'cold-handoff' }))).toMatchObject({ n: 0, value: null, note: 'empty' });
  });

  test('is absent where notes are not told', async () => {
    await given([], { lacks: ['visibility'] });
    expect(await ask({ metric: 'cold-handoff' })).toMatchObject({ rows: [], absent: [{ connection: 'desk', signal: 'visibility' }] });
  });
});

describe('handoff-wait-share', () => {
  test('is the time unowned or waiting for the receiver, of the time in our court', async () => {
    // 40 h in our court: nobody has it for 4 h, B begins 6 h after the handoff: 10 of 40 h. 8 h with the customer do not count.
    const waited = item({
      intervals: [
        { from: at(0), to: at(4), owned: false },
        { from: at(4), to: at(20), team: 'A' },
        { from: at(20), to: at(40), team: 'B' },
        { from: at(40), to: at(48), team: 'B', court: 'customer' },
      ],
      handoffs: [handoff(20, 'A', 'B', { acted: at(26) })],
    });
    await given(five(waited));
    expect(only(await ask({ metric: 'handoff-wait-share' }))).toMatchObject({ n: 5, value: 25, numerator: 180_000, denominator: 720_000 });
  });

  test('counts open items with the time so far, within the period', async () => {
    // Open since 0 h, handed over at 36 h and waiting still at 60 h: none of the 24 h of the first day, 12 of 24, 12 of 12.
    const waiting = item({
      ended: null,
      intervals: [
        { from: at(0), to: at(36), team: 'A' },
        { from: at(36), to: null, team: 'B' },
      ],
      handoffs: [handoff(36, 'A', 'B', { until: null })],
    });
    await given(five(waiting), { asOf: at(60) });
    const { rows } = await ask({ metric: 'handoff-wait-share', grain: 'day', from: '2026-01-05', to: '2026-01-08' });
    expect(rows.map((row) => [row.bucket, row.value])).toEqual([
      ['2026-01-05', 0],
      ['2026-01-06', 50],
      ['2026-01-07', 100],
    ]);
  });

  test('does not count the wait while the customer has the ball, nor while the item was closed', async () => {
    // Handed over at 0 h, begun at 30 h: 10 h in our court, 10 h with the customer, 10 h closed, then 10 h in our court at work.
    const reopened = item({
      ended: at(40),
      intervals: [
        { from: at(0), to: at(10), team: 'B' },
        { from: at(10), to: at(20), team: 'B', court: 'customer' },
        { from: at(30), to: at(40), team: 'B' },
      ],
      handoffs: [handoff(0, 'A', 'B', { acted: at(30) })],
    });
    await given(five(reopened));
    expect(only(await ask({ metric: 'handoff-wait-share' }))).toMatchObject({ n: 5, value: 50 });
  });

  test('says nothing of one item, and nothing of none', async () => {
    await given([item()]);
    expect(only(await ask({ metric: 'handoff-wait-share' }))).toMatchObject({ n: 1, value: null, note: 'too-few' });
    await given([]);
    expect(only(await ask({ metric: 'handoff-wait-share' }))).toMatchObject({ n: 0, note: 'empty' });
  });

  test('is absent where owners are not told', async () => {
    await given([], { lacks: ['team'] });
    expect(await ask({ metric: 'handoff-wait-share' })).toMatchObject({ rows: [], absent: [{ signal: 'team' }] });
  });
});
