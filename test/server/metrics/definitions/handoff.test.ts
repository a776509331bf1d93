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

/** Open from 0 to 48 h. */
const item = (handoffs: Handoff[], more: Partial<ItemFacts> = {}): Omit<ItemFacts, 'name'> => ({
  created: at(0),
  ended: at(48),
  team: handoffs.at(-1)?.to ?? 'A',
  firstTeam: 'A',
  intervals: [{ from: at(0), to: at(48), team: 'A' }],
  handoffs,
  ...more,
});

async function given(items: Omit<ItemFacts, 'name'>[], asOf = at(100)): Promise<void> {
  await writeFacts(
    pool,
    [{ name: 'desk', asOf }],
    items.map((facts, index) => ({ name: `i${index}`, ...facts })),
  );
  await refresh();
}

const aaba = item([handoff(1, 'A', 'B'), handoff(2, 'B', 'A', { returns: 'direct' })]);
const abc = item([handoff(1, 'A', 'B'), handoff(2, 'B', 'C')]);
const abca = item([handoff(1, 'A', 'B'), handoff(2, 'B', 'C'), handoff(3, 'C', 'A', { returns: 'indirect' })]);
const none = item([]);

describe('handoffs', () => {
  test('are counted per item and per 100 item-days', async () => {
    // 2 + 2 + 3 over five items; 10 item-days.
    await given([aaba, abc, abca, none, none]);
    expect(only(await ask({ metric: 'handoffs' }))).toMatchObject({
      n: 5,
      values: { perItem: 1.4, per100ItemDays: 70 },
      numerator: 7,
      denominator: 5,
    });
  });

  test('belong to the period they happen in, with the items open then', async () => {
    await given([item([handoff(24, 'A', 'B')]), none, none, none, none]);
    const { rows } = await ask({ metric: 'handoffs', grain: 'day', from: '2026-01-05', to: '2026-01-08' });
    // At midnight of the 6th: in the day that begins. At midnight of the 7th all are closed.
    expect(rows.map((row) => [row.bucket, row.n, row.numerator])).toEqual([
      ['2026-01-05', 5, 0],
      ['2026-01-06', 5, 1],
      ['2026-01-07', 0, undefined],
    ]);
  });

  test('belong to the team that receives', async () => {
    await given([aaba, abc, none, none, none]);
    const { rows } = await ask({ metric: 'handoffs', by: 'team' });
    expect(rows.map((row) => [row.by, row.numerator])).toEqual([
      ['A', 1],
      ['B', 2],
      ['C', 1],
    ]);
  });

  test('count an item without open time, and one that is excluded not at all', async () => {
    await given([none, none, none, none, { created: at(0), ended: at(0), team: 'A' }, item([], { excluded: 'merged' })]);
    expect(only(await ask({ metric: 'handoffs' }))).toMatchObject({ n: 5, note: 'excluded:1' });
  });

  test('between persons are another count', async () => {
    await given([item([handoff(1, 'A', 'B'), handoff(1, 'p', 'q', { level: 'person' }), handoff(2, 'q', 'r', { level: 'person' })])]);
    expect(only(await ask({ metric: 'handoffs' }))).toMatchObject({ n: 1, numerator: 1 });
    expect(only(await ask({ metric: 'handoffs', level: 'person' }))).toMatchObject({ n: 1, numerator: 2 });
  });
});

describe('returns', () => {
  test('are the items that went back, among those with a handoff', async () => {
    await given([aaba, abca, abc, abc, abc, none]);
    expect(only(await ask({ metric: 'returns' }))).toMatchObject({ n: 5, values: { any: 40, direct: 20 }, numerator: 2, denominator: 5 });
  });

  test('of an item that went back three times count it once', async () => {
    // A B A B A: 4 handoffs, 3 direct returns.
    const ababa = item([
      handoff(1, 'A', 'B'),
      ...[2, 3, 4].map((hour) => handoff(hour, hour % 2 ? 'A' : 'B', hour % 2 ? 'B' : 'A', { returns: 'direct' as const })),
    ]);
    await given([ababa, abc, abc, abc, abc]);
    expect(only(await ask({ metric: 'returns' }))).toMatchObject({ n: 5, values: { any: 20, direct: 20 } });
  });
});

describe('handoff-wait', () => {
  test("ends with the receiver's act; the waiting count with the time so far, the passed on as another end", async () => {
    // Acts after 1, 2 and 4 h, one waits (10 h so far), one is passed on after 3 h: .2, .4 and, three gone of five, .6 at 4 h.
    const wait = (more: Partial<Handoff>) => item([handoff(0, 'A', 'B', more)], { ended: null });
    await given(
      [wait({ acted: at(1) }), wait({ acted: at(2) }), wait({ acted: at(4) }), wait({ until: null }), wait({ until: at(3) })],
      at(10),
    );
    expect(only(await ask({ metric: 'handoff-wait' }))).toMatchObject({ n: 5, values: { p50: 14_400, p85: null }, note: 'too-few:p85' });
  });
});

describe('handover-matrix', () => {
  test('has the share of each pair, changes only', async () => {
    // {AABA, ABC} twice, so that it is not withheld: A to B .5, B to A .25, B to C .25.
    await given([aaba, abc, aaba, abc]);
    const { rows } = await ask({ metric: 'handover-matrix' });
    expect(rows.map((row) => [row.by, row.pair, row.n, row.values?.share])).toEqual([
      ['A → B', ['A', 'B'], 4, 50],
      ['B → A', ['B', 'A'], 2, 25],
      ['B → C', ['B', 'C'], 2, 25],
    ]);
  });

  test('tells wait and returns of pairs that happen often enough', async () => {
    const waited = (hours: number) => item([handoff(0, 'A', 'B', { acted: at(hours), returns: hours === 1 ? 'indirect' : null })]);
    await given([1, 2, 3, 4, 5].map(waited));
    expect((await ask({ metric: 'handover-matrix' })).rows).toMatchObject([
      { by: 'A → B', n: 5, values: { share: 100, wait: 10_800, returns: 20 }, note: 'too-few:cold;too-few:reAsk' },
    ]);
  });

  test('tells how many came without a note and asked again, of those where it is known', async () => {
    const told = (note: boolean | null, reask?: boolean) =>
      item([handoff(0, 'A', 'B', { note, acted: at(1), ...(reask !== undefined && { reask }) })]);
    await given(
      [told(true, true), told(false, false), told(false, false), told(false, false), told(true, false), told(null), told(null)],
      at(10),
    );
    expect((await ask({ metric: 'handover-matrix' })).rows).toMatchObject([{ n: 7, values: { cold: 60, reAsk: 20 }, note: null }]);
  });
});

describe('flow-efficiency', () => {
  test('is a ratio of sums, with the median item beside it', async () => {
    // Four items active 1 of 2 h, one active 2 of 12 h: 6 / 20 = 30 %; the median item 50 %.
    const worked = (active: number, whole: number): Omit<ItemFacts, 'name'> => ({
      created: at(0),
      ended: at(whole),
      intervals: [
        { from: at(0), to: at(active) },
        { from: at(active), to: at(whole), court: 'third_party' },
      ],
    });
    await given([worked(1, 2), worked(1, 2), worked(1, 2), worked(1, 2), worked(2, 12)]);
    expect(only(await ask({ metric: 'flow-efficiency' }))).toMatchObject({
      n: 5,
      values: { ratio: 30, itemMedian: 50 },
      numerator: 21_600,
      denominator: 72_000,
    });
  });

  test('is absent where no waiting states are mapped', async () => {
    await writeFacts(pool, [{ name: 'desk', asOf: at(1), lacks: ['courts'] }], []);
    await refresh();
    expect(await ask({ metric: 'flow-efficiency' })).toMatchObject({
      rows: [],
      absent: [{ connection: 'desk', signal: 'courts', reason: 'No courts in the file.' }],
    });
  });
});
