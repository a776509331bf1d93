import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../support/database.js';
import { bothEngines, only, writeFacts, type ItemFacts } from '../support/measured.js';

const { pool } = await testDatabase();
const { ask, refresh } = await bothEngines(pool);

const at = (hour: number) => new Date(Date.parse('2026-01-05T00:00:00Z') + hour * 3_600_000).toISOString();
type Handoff = NonNullable<ItemFacts['handoffs']>[number];

/** With a note, begun at once. */
const handoff = (hour: number, from: string, to: string, more: Partial<Handoff> = {}): Handoff => ({
  at: at(hour),
  from,
  to,
  note: true,
  acted: at(hour),
  until: at(48),
  ...more,
});
const item = (handoffs: Handoff[], more: Partial<ItemFacts> = {}): Omit<ItemFacts, 'name'> => ({
  created: at(0),
  ended: at(48),
  team: 'A',
  firstTeam: 'A',
  intervals: [{ from: at(0), to: at(48), team: 'A' }],
  handoffs,
  ...more,
});

async function given(items: Omit<ItemFacts, 'name'>[], connection: { asOf?: string; from?: string; lacks?: ('team' | 'messages')[] } = {}) {
  await writeFacts(
    pool,
    [{ name: 'desk', asOf: at(1_000), ...connection }],
    items.map((facts, index) => ({ name: `i${index}`, ...facts })),
  );
  await refresh();
}

const smooth = item([handoff(1, 'A', 'B')]);

describe('handoff-loss', () => {
  test('counts a handoff with several losses once, and each kind apart', async () => {
    const cold = item([handoff(1, 'A', 'B', { note: false, reask: true })]);
    const repeated = item([handoff(1, 'A', 'B', { repeat: true })]);
    const back = item([handoff(1, 'A', 'B'), handoff(2, 'B', 'A', { returns: 'direct' })]);
    const reopened = item([handoff(1, 'A', 'B')], { cycles: [{ opened: at(0), resolved: at(5), reopened: at(5 + 168), team: 'B' }] });
    const reopenedLate = item([handoff(1, 'A', 'B')], { cycles: [{ opened: at(0), resolved: at(5), reopened: at(6 + 168), team: 'B' }] });
    await given([cold, repeated, back, reopened, reopenedLate, smooth, smooth, smooth, smooth]);
    // Ten handoffs: cold and asked again, said again, one back, one reopened: four.
    expect(only(await ask({ metric: 'handoff-loss' }))).toMatchObject({
      n: 10,
      values: { lost: 40, longWait: 0, cold: 10, returns: 10, again: 20, reopened: 10 },
      numerator: 4,
      denominator: 10,
      note: null,
    });
  });

  test('calls no handoff cold before the five minutes for its note are over', async () => {
    const cold = item([handoff(1, 'A', 'B', { note: false })]);
    await given([cold, smooth, smooth, smooth, smooth], { asOf: '2026-01-05T01:05:00Z' });
    expect(only(await ask({ metric: 'handoff-loss' }))).toMatchObject({ n: 5, values: { cold: 0 } });
    await given([cold, smooth, smooth, smooth, smooth], { asOf: '2026-01-05T01:05:01Z' });
    expect(only(await ask({ metric: 'handoff-loss' }))).toMatchObject({ n: 5, values: { cold: 20 } });
  });

  /** In the last quarter of 2025: 21 handoffs to B, begun after 1, 2 ... 21 hours, so that 85 % were begun within 18. */
  const history = Array.from({ length: 21 }, (_, index) => {
    const handed = Date.parse('2025-11-03T00:00:00Z');
    const acted = new Date(handed + (index + 1) * 3_600_000).toISOString();
    return item([handoff(0, 'A', 'B', { at: new Date(handed).toISOString(), acted, until: '2025-12-01T00:00:00Z' })], {
      created: '2025-11-01T00:00:00Z',
      ended: '2025-12-01T00:00:00Z',
      intervals: [],
    });
  });
  const waited = (hours: number, to = 'B', more: Partial<Handoff> = {}) => item([handoff(0, 'A', to, { acted: at(hours), ...more })]);

  test("counts a wait beyond the receiving team's own baseline, and none of a team without one", async () => {
    await given([...history, waited(18), waited(18.01), waited(40, 'C'), waited(19, 'B', { acted: null, until: null }), smooth]);
    // At 18 h it is not beyond; at 18.01 h it is; C has no baseline; the fourth waits still.
    expect(only(await ask({ metric: 'handoff-loss' }))).toMatchObject({ n: 5, values: { lost: 40, longWait: 40 } });
  });

  test('keeps the baseline whatever comes later', async () => {
    const later = Array.from({ length: 40 }, () =>
      item([handoff(0, 'A', 'B', { at: '2026-04-01T00:00:00Z', acted: '2026-04-09T00:00:00Z', until: '2026-04-10T00:00:00Z' })]),
    );
    await given([...history, ...later, waited(18), waited(19), smooth, smooth, smooth], { asOf: '2026-08-01T00:00:00Z' });
    expect(only(await ask({ metric: 'handoff-loss' }))).toMatchObject({ n: 5, values: { longWait: 20 } });
  });

  test('takes no quarter for the baseline that the data begins in the middle of', async () => {
    const waits = [...history, waited(40), smooth, smooth, smooth, smooth];
    await given(waits, { from: '2025-10-01T00:00:00Z' });
    expect(only(await ask({ metric: 'handoff-loss' }))).toMatchObject({ n: 5, values: { longWait: 20 } });
    await given(waits, { from: '2025-10-01T00:00:01Z' });
    expect(only(await ask({ metric: 'handoff-loss' }))).toMatchObject({ n: 5, values: { longWait: 0 } });
  });

  test('has no baseline before a quarter is over, nor from fewer than 20 waits', async () => {
    await given([...history, waited(40), smooth, smooth, smooth, smooth], { asOf: '2025-12-31T23:59:59Z' });
    expect(only(await ask({ metric: 'handoff-loss', from: '2025-11-01', to: '2025-12-01' }))).toMatchObject({
      n: 21,
      values: { longWait: 0 },
    });
    await given([...history.slice(2), waited(40), smooth, smooth, smooth, smooth]);
    expect(only(await ask({ metric: 'handoff-loss' }))).toMatchObject({ n: 5, values: { longWait: 0 } });
  });

  test('belongs to the day of the asked zone; of few or none it says nothing', async () => {
    // 2026-01-05T20:30Z is midnight in Tehran.
    await given([item([handoff(20.5, 'A', 'B')])]);
    const { rows } = await ask({ metric: 'handoff-loss', grain: 'day', zone: 'Asia/Tehran', from: '2026-01-05', to: '2026-01-07' });
    expect(rows.map((row) => [row.n, row.values?.lost ?? null, row.note])).toEqual([
      [0, null, 'empty'],
      [1, null, 'too-few'],
    ]);
  });

  test('is absent where a kind of loss cannot be told', async () => {
    await given([], { lacks: ['messages'] });
    expect(await ask({ metric: 'handoff-loss' })).toMatchObject({ rows: [], absent: [{ connection: 'desk', signal: 'messages' }] });
  });
});

describe('handoff-loss-time', () => {
  const stays = [
    { from: at(0), to: at(10), team: 'A' },
    { from: at(10), to: at(12), owned: false },
    { from: at(12), to: at(48), team: 'B' },
  ];
  const five = (facts: Omit<ItemFacts, 'name'>) => [facts, facts, facts, facts, facts];

  test('is the gap, the wait, and the stay of what came straight back', async () => {
    // Nobody from 10 to 12 h, B begins at 15 h and passes it on at 20 h, the third begins at 21 h: 5 + 1 h; sent straight back: 10 + 1 h.
    const passed = (to: string, returns: 'direct' | null) =>
      item([handoff(12, 'A', 'B', { left: at(10), acted: at(15), until: at(20) }), handoff(20, 'B', to, { acted: at(21), returns })], {
        intervals: stays,
      });
    await given(five(passed('C', null)));
    expect(only(await ask({ metric: 'handoff-loss-time' }))).toMatchObject({ n: 5, value: 21_600, lo: 21_600, hi: 21_600 });
    await given(five(passed('A', 'direct')));
    expect(only(await ask({ metric: 'handoff-loss-time' }))).toMatchObject({ n: 5, value: 39_600 });
  });

  test('counts open items with the time so far, in the period it passes in, over all items open then', async () => {
    // Handed over at 12 h, waiting still at 36 h: 12 h of the first day and 12 of the second; four others have no handoff.
    const waiting = item([handoff(12, 'A', 'B', { acted: null, until: null })], {
      ended: null,
      intervals: [{ from: at(0), to: null, team: 'B' }],
    });
    await given([waiting, item([]), item([]), item([]), item([])], { asOf: at(36) });
    const { rows } = await ask({ metric: 'handoff-loss-time', grain: 'day', from: '2026-01-05', to: '2026-01-07' });
    expect(rows.map((row) => [row.n, row.value])).toEqual([
      [5, 8_640],
      [5, 8_640],
    ]);
  });

  test('leaves out the time with the customer and the time it was closed', async () => {
    const reopened = item([handoff(0, 'A', 'B', { acted: at(30) })], {
      intervals: [
        { from: at(0), to: at(10), team: 'B' },
        { from: at(10), to: at(20), team: 'B', court: 'customer' },
        { from: at(28), to: at(48), team: 'B' },
      ],
    });
    await given(five(reopened));
    // 0 to 10 h and 28 to 30 h.
    expect(only(await ask({ metric: 'handoff-loss-time' }))).toMatchObject({ n: 5, value: 43_200 });
  });

  test('says nothing of one item or none, and is absent where owners are not told', async () => {
    await given([item([])]);
    expect(only(await ask({ metric: 'handoff-loss-time' }))).toMatchObject({ n: 1, value: null, note: 'too-few' });
    await given([]);
    expect(only(await ask({ metric: 'handoff-loss-time' }))).toMatchObject({ n: 0, note: 'empty' });
    await given([], { lacks: ['team'] });
    expect(await ask({ metric: 'handoff-loss-time' })).toMatchObject({ rows: [], absent: [{ signal: 'team' }] });
  });
});
