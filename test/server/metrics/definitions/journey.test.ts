import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../support/database.js';
import { bothEngines, only, writeFacts, type ConnectionFacts, type ItemFacts } from '../support/measured.js';

const { pool } = await testDatabase();
const { ask, refresh } = await bothEngines(pool);

const at = (hour: number) => new Date(Date.parse('2026-01-05T00:00:00Z') + hour * 3_600_000).toISOString();
type Facts = Omit<ItemFacts, 'name'>;

/** Every item came from a deal of the CRM unless its facts say otherwise. */
async function given(items: Facts[], { crm, desk }: Record<string, Partial<ConnectionFacts>> = {}): Promise<void> {
  const named = items.map((facts, index) => ({ name: `i${index}`, connection: 'desk', ...facts }));
  const deal = { name: 'deal', connection: 'crm', created: '2025-12-01T00:00:00Z', ended: '2025-12-02T00:00:00Z' };
  await writeFacts(
    pool,
    [
      { name: 'crm', asOf: at(200), ...crm },
      { name: 'desk', asOf: at(200), ...desk },
    ],
    [deal, ...named],
  );
  await refresh();
}

type From = NonNullable<ItemFacts['cameFrom']>[number];
const after = (handed: number, touched: number | null, more: Partial<From> = {}, ended: number | null = null): Facts => ({
  created: at(handed),
  ended: ended === null ? null : at(ended),
  cameFrom: [{ item: 'deal', at: at(handed), touched: touched === null ? null : at(touched), ...more }],
});
const times = <Value>(count: number, value: Value): Value[] => Array.from({ length: count }, () => value);

describe.each(['journey-wait', 'system-handoffs', 'journey-lead-time'])('%s', (metric) => {
  test('is empty where nothing became anything', async () => {
    await given([{ created: at(0), ended: at(3) }]);
    expect(only(await ask({ metric }))).toMatchObject({ n: 0, note: 'empty' });
  });

  test('is absent where no tool tells links, with the reason', async () => {
    await given([after(0, 1)], { crm: { lacks: ['links'] }, desk: { lacks: ['links'] } });
    const { rows, absent } = await ask({ metric });
    expect(rows).toEqual([]);
    expect(absent).toContainEqual({ connection: 'crm', signal: 'links', reason: 'No links in the file.' });
  });
});

describe('journey-wait', () => {
  test('is the time to the begin of the next, what nobody has begun with its time so far', async () => {
    // 1, 2 and 3 h; two wait since hour 190, so for 10 h: the third of five.
    await given([after(0, 1), after(0, 2), after(0, 3), after(190, null), after(190, null)]);
    expect(only(await ask({ metric: 'journey-wait' }))).toMatchObject({ n: 5, values: { p50: 10_800, p85: null } });
  });

  test('is 0 for what had been begun before, and not reached where all wait', async () => {
    await given(times(5, after(10, 4)));
    expect(only(await ask({ metric: 'journey-wait' }))).toMatchObject({ n: 5, values: { p50: 0 } });
    await given(times(5, after(10, null)));
    expect(only(await ask({ metric: 'journey-wait' }))).toMatchObject({ n: 5, values: { p50: null }, note: 'not-reached;too-few:p85' });
  });

  test('takes an end without a begin as another end', async () => {
    await given([after(0, 1), ...times(4, after(0, null, {}, 9))]);
    expect(only(await ask({ metric: 'journey-wait' }))).toMatchObject({ n: 5, values: { p50: null } });
  });

  test('needs links of the tool that the item came from alone, and counts under its name', async () => {
    await given(times(5, after(0, 1)), { desk: { lacks: ['links'] } });
    const { rows, absent } = await ask({ metric: 'journey-wait', by: 'connection' });
    expect(rows).toMatchObject([{ by: 'crm', n: 5, values: { p50: 3_600 } }]);
    expect(absent).toMatchObject([{ connection: 'desk', signal: 'links' }]);
  });

  test('knows nothing after the end of the data of the tool it went to', async () => {
    await given(times(5, after(0, 50)), { desk: { asOf: at(40) } });
    expect(only(await ask({ metric: 'journey-wait' }))).toMatchObject({ n: 5, values: { p50: null }, lo: 144_000 });
  });

  test('leaves out what went to a tool that could not tell a begin, and counts it', async () => {
    await given(times(5, after(0, null)), { desk: { lacks: ['status', 'messages'] } });
    expect(only(await ask({ metric: 'journey-wait' }))).toMatchObject({ n: 0, note: 'empty;excluded:5' });
  });

  test('belongs to the local day in which the wait began', async () => {
    await given([after(-1, 1), ...times(4, after(0, 1)), after(24, 25)]);
    const days = { metric: 'journey-wait', grain: 'day', from: '2026-01-04', to: '2026-01-07' } as const;
    expect((await ask(days)).rows.map((row) => row.n)).toEqual([1, 4, 1]);
    expect((await ask({ ...days, zone: 'Asia/Tehran' })).rows.map((row) => row.n)).toEqual([0, 5, 1]);
  });
});

describe('system-handoffs', () => {
  test('counts what was lost between systems, and nothing that stayed in one', async () => {
    const warm = after(0, 1);
    const cold = after(0, 1, { note: false });
    const repeated = after(0, 1, { repeat: true });
    const both = after(0, 1, { note: false, repeat: true });
    await given([warm, warm, cold, repeated, both, after(0, 1, { note: false, isBetweenSystems: false })]);
    expect(only(await ask({ metric: 'system-handoffs' }))).toMatchObject({ n: 5, numerator: 3, values: { lost: 60, cold: 40, again: 40 } });
  });

  test('gives a note five minutes', async () => {
    const late = (seconds: number) => after(200 - seconds / 3_600, null, { note: false });
    await given([...times(4, late(300)), late(301)]);
    expect(only(await ask({ metric: 'system-handoffs' }))).toMatchObject({ n: 5, values: { cold: 20 } });
  });

  test('leaves out and counts where no tool tells notes, and withholds four', async () => {
    await given([...times(4, after(0, 1)), after(0, 1, { note: null })]);
    expect(only(await ask({ metric: 'system-handoffs' }))).toMatchObject({ n: 4, values: { lost: null }, note: 'too-few;excluded:1' });
  });
});

describe('journey-lead-time', () => {
  const lived = (hours: number | null, outcome?: 'done' | 'cancelled'): Facts => ({
    created: at(0),
    ended: at(1),
    connection: 'crm',
    journey: { ended: hours === null ? null : at(hours), ...(outcome && { outcome }) },
  });

  test('runs from the first creation to the last end, open ones with the time so far', async () => {
    await given([lived(10), lived(20), lived(30), lived(null), lived(null), { created: at(0), ended: at(1) }]);
    expect(only(await ask({ metric: 'journey-lead-time' }))).toMatchObject({ n: 5, values: { p50: 108_000 } });
  });

  test('takes a cancellation as another end', async () => {
    await given([lived(10), ...times(4, lived(5, 'cancelled'))]);
    expect(only(await ask({ metric: 'journey-lead-time' }))).toMatchObject({ n: 5, values: { p50: null } });
  });

  test('withholds one', async () => {
    await given([lived(10)]);
    expect(only(await ask({ metric: 'journey-lead-time' }))).toMatchObject({ n: 1, values: { p50: null }, note: 'too-few' });
  });
});
