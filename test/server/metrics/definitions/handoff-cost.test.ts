import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../support/database.js';
import { bothEngines, only, writeFacts, type ItemFacts } from '../support/measured.js';

const { pool } = await testDatabase();
const { ask, refresh } = await bothEngines(pool);

const at = (hour: number) => new Date(Date.parse('2026-01-05T00:00:00Z') + hour * 3_600_000).toISOString();
type Facts = Omit<ItemFacts, 'name'>;
const kept = (hours: number, more: Partial<Facts> = {}): Facts => ({
  created: at(0),
  ended: at(hours),
  team: 'A',
  priority: 'high',
  ...more,
});
const handed = (hours: number, more: Partial<Facts> = {}): Facts =>
  kept(hours, { handoffs: [{ at: at(0.5), from: 'A', to: 'B' }], ...more });
const times = (count: number, facts: Facts): Facts[] => Array.from({ length: count }, () => facts);

async function given(items: Facts[], connection: { asOf?: string; from?: string; lacks?: 'team'[] } = {}) {
  await writeFacts(
    pool,
    [{ name: 'desk', asOf: at(100), ...connection }],
    items.map((facts, index) => ({ name: `i${index}`, ...facts })),
  );
  await refresh();
}
const cost = async () => only(await ask({ metric: 'handoff-cost' }));

describe('handoff-cost', () => {
  test('compares within type and priority and weighs by items', async () => {
    // High: 6 against 3 h, fourteen items. Low: 6 against 1 h, thirty-one. Without a priority: nothing to compare with, ten.
    await given([
      ...[1, 2, 3, 3, 3, 4, 5].map((hours) => kept(hours)),
      ...[4, 5, 6, 6, 6, 7, 8].map((hours) => handed(hours)),
      ...times(6, kept(1, { priority: 'low' })),
      ...times(25, handed(6, { priority: 'low' })),
      ...times(10, kept(90, { priority: null })),
    ]);
    // (14 * 3 + 31 * 5) / 45 = 197 / 45 h; 6 h; (14 * 3 + 31 * 1) / 45 = 73 / 45 h; 45 of 55.
    const { n, values, note } = await cost();
    expect([n, note]).toEqual([55, null]);
    expect(values?.difference).toBeCloseTo(15_760, 9);
    expect(values?.handed).toBeCloseTo(21_600, 9);
    expect(values?.kept).toBeCloseTo(5_840, 9);
    expect(values?.matched).toBeCloseTo(81.8182, 4);
  });

  test('leaves out what cannot be bounded: of five of a kind the median has no interval', async () => {
    const six = [...times(6, kept(1, { priority: 'low' })), ...times(6, handed(6, { priority: 'low' }))];
    await given([...six, ...times(5, kept(3)), ...times(6, handed(90))]);
    expect(await cost()).toMatchObject({ n: 23, values: { difference: 18_000 }, lo: 18_000, hi: 18_000, note: null });
    await given([...times(5, kept(3)), ...times(6, handed(90))]);
    expect(await cost()).toMatchObject({ values: { difference: null }, lo: null, hi: null, note: 'too-few' });
  });

  test('has an interval made of those of the medians', async () => {
    // Of six the 95 % interval of the median runs from the first to the last: 3.5 (1 to 6) and 13.5 (11 to 16) h.
    await given([...[1, 2, 3, 4, 5, 6].map((hours) => kept(hours)), ...[11, 12, 13, 14, 15, 16].map((hours) => handed(hours))]);
    const row = await cost();
    expect(row.values?.difference).toBe(36_000);
    // 2.5 * sqrt(2) = 3.535534 h.
    expect(row.lo).toBeCloseTo(36_000 - 12_727.922, 3);
    expect(row.hi).toBeCloseTo(36_000 + 12_727.922, 3);
  });

  test('counts open items with the time so far, and says where a median is not reached', async () => {
    const open = times(3, handed(0, { ended: null }));
    await given([...times(6, kept(2)), ...times(20, handed(8)), ...open]);
    // Twenty of twenty-three were finished at 8 h, against 2 h.
    expect(await cost()).toMatchObject({ n: 29, values: { difference: 21_600 }, lo: 21_600, hi: 21_600 });
    // Of four in seven the median is known and not how late it may be; of two in seven nothing is.
    await given([...times(6, kept(2)), ...times(4, handed(8)), ...open]);
    expect(await cost()).toMatchObject({ n: 13, values: { difference: null }, note: 'not-reached' });
    await given([...times(6, kept(2)), ...times(2, handed(8)), ...times(5, handed(0, { ended: null }))]);
    expect(await cost()).toMatchObject({ n: 13, values: { difference: null }, note: 'not-reached' });
  });

  test('takes a handoff after the end for none, and leaves out items from before the history', async () => {
    const after = kept(2, { handoffs: [{ at: at(3), from: 'A', to: 'B' }] });
    await given([...times(6, after), ...times(6, handed(4))]);
    expect(await cost()).toMatchObject({ n: 12, values: { difference: 7_200 } });
    await given([...times(5, kept(2)), ...times(5, handed(4))], { from: at(1) });
    expect(await cost()).toMatchObject({ n: 0, note: 'empty;excluded:10' });
  });

  test('says nothing of one item or none, and is absent where teams are not told', async () => {
    await given([handed(4)]);
    expect(await cost()).toMatchObject({ n: 1, values: { difference: null, matched: null }, note: 'too-few' });
    await given([]);
    expect(await cost()).toMatchObject({ n: 0, note: 'empty' });
    await given([], { lacks: ['team'] });
    expect(await ask({ metric: 'handoff-cost' })).toMatchObject({ rows: [], absent: [{ signal: 'team' }] });
  });

  test('counts an item in the day of its creation in the asked zone', async () => {
    // 2026-01-05T05:00Z is midnight in New York.
    await given([kept(8, { created: at(5) })]);
    const { rows } = await ask({ metric: 'handoff-cost', grain: 'day', zone: 'America/New_York', from: '2026-01-04', to: '2026-01-06' });
    expect(rows.map((row) => row.n)).toEqual([0, 1]);
  });
});
