import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../support/database.js';
import { bothEngines, only, writeFacts, type ItemFacts } from '../support/measured.js';

const { pool } = await testDatabase();
const { ask, refresh } = await bothEngines(pool);

const at = (hour: number) => new Date(Date.parse('2026-01-05T00:00:00Z') + hour * 3_600_000).toISOString();
const week = 168;

/** Created at 0 h, answered at 1 h, resolved by A at 2 h; each of its own customer unless one is named. */
const item = (more: Partial<ItemFacts> = {}): Omit<ItemFacts, 'name'> => ({
  created: at(0),
  ended: at(2),
  team: 'A',
  firstTeam: 'A',
  firstResponse: at(1),
  cycles: [{ opened: at(0), resolved: at(2), team: 'A' }],
  ...more,
});

async function given(items: Omit<ItemFacts, 'name'>[], connection: { asOf?: string; lacks?: ('team' | 'customer')[] } = {}) {
  await writeFacts(
    pool,
    [{ name: 'desk', asOf: at(600), ...connection }],
    items.map((facts, index) => ({ name: `i${index}`, customer: `customer ${index}`, ...facts })),
  );
  await refresh();
}

const settled = [item(), item(), item(), item()];

describe('push-to-front', () => {
  test('is the part of the resolutions made by the team that had it first', async () => {
    const elsewhere = item({ team: 'B', cycles: [{ opened: at(0), resolved: at(2), team: 'B' }] });
    await given([item(), item(), item(), elsewhere, elsewhere]);
    expect(only(await ask({ metric: 'push-to-front' }))).toMatchObject({ n: 5, value: 60, numerator: 3, denominator: 5 });
    expect((await ask({ metric: 'push-to-front', by: 'team' })).rows.map((row) => [row.by, row.n])).toEqual([['A', 5]]);
  });

  test('counts each resolution of a reopened item, also while it is open again', async () => {
    const reopened = item({
      ended: null,
      cycles: [
        { opened: at(0), resolved: at(2), reopened: at(3), team: 'A' },
        { opened: at(3), resolved: at(4), reopened: at(5), team: 'B' },
        { opened: at(5), team: 'B' },
      ],
    });
    await given([item(), item(), reopened, reopened]);
    // Of six resolutions the two second ones were made by B.
    expect(only(await ask({ metric: 'push-to-front' }))).toMatchObject({ n: 6, numerator: 4 });
  });

  test('leaves out what no team ever had, and says nothing where all are open', async () => {
    await given([...settled, item(), item({ team: null, firstTeam: null, cycles: [{ opened: at(0), resolved: at(2) }] })]);
    expect(only(await ask({ metric: 'push-to-front' }))).toMatchObject({ n: 5, value: 100, note: 'excluded:1' });
    await given([item({ ended: null, cycles: [{ opened: at(0) }] })]);
    expect(only(await ask({ metric: 'push-to-front' }))).toMatchObject({ n: 0, note: 'empty' });
  });

  test('counts the instant a period begins and not the one it ends, in the asked zone', async () => {
    // 2026-01-06T05:00Z is midnight in New York.
    const late = item({ ended: at(29), cycles: [{ opened: at(0), resolved: at(29), team: 'A' }] });
    await given([late]);
    const { rows } = await ask({ metric: 'push-to-front', grain: 'day', zone: 'America/New_York', from: '2026-01-05', to: '2026-01-07' });
    expect(rows.map((row) => row.n)).toEqual([0, 1]);
  });

  test('is absent where teams are not told', async () => {
    await given([], { lacks: ['team'] });
    expect(await ask({ metric: 'push-to-front' })).toMatchObject({ rows: [], absent: [{ signal: 'team' }] });
  });
});

describe('first-contact-resolution', () => {
  const share = async (fifth: Omit<ItemFacts, 'name'>) => {
    await given([...settled, fifth]);
    return only(await ask({ metric: 'first-contact-resolution' })).value;
  };
  const said = (hour: number, more: object = {}) => item({ words: [{ at: at(hour), side: 'customer', ...more }] });

  test.each([
    ['undisturbed', item(), 100],
    ['asked again after our answer', said(1.5), 80],
    ['asked before our answer', said(0.5), 100],
    ['asked at the very end of the seven days', said(2 + week), 80],
    ['asked after the seven days', said(3 + week), 100],
    ['thanked', said(3, { thanks: true }), 100],
    ['said within our house', said(3, { public: false }), 100],
    ['handed over', item({ handoffs: [{ at: at(1), from: 'A', to: 'B' }] }), 80],
    ['handed over after it was resolved', item({ handoffs: [{ at: at(3), from: 'A', to: 'B' }] }), 100],
    ['reopened', item({ cycles: [{ opened: at(0), resolved: at(2), reopened: at(10), team: 'A' }] }), 80],
    ['reopened after the seven days', item({ cycles: [{ opened: at(0), resolved: at(2), reopened: at(3 + week), team: 'A' }] }), 100],
  ])('of an item that was %s', async (_case, fifth, value) => {
    expect(await share(fifth)).toBe(value);
  });

  const next = (hour: number, more: Partial<ItemFacts> = {}) =>
    item({ customer: 'Acme', created: at(hour), ended: null, cycles: [{ opened: at(hour) }], ...more });
  test.each([
    ['a new item of the customer within seven days undoes it', next(2 + week), 80],
    ['a later one does not', next(3 + week), 100],
    ['one that was there already does not', next(2), 100],
    ['one of another type does not', next(10, { type: 'question' }), 100],
    ['one of another customer does not', next(10, { customer: 'Other' }), 100],
    ['a merged one does not', next(10, { excluded: 'merged' }), 100],
  ])('%s', async (_case, other, value) => {
    await given([...settled, item({ customer: 'Acme' }), other]);
    expect(only(await ask({ metric: 'first-contact-resolution' }))).toMatchObject({ n: 5, value });
  });

  test('judges after seven days, and leaves out what has no customer', async () => {
    await given([...settled, item(), item({ customer: null })], { asOf: at(2 + week) });
    expect(only(await ask({ metric: 'first-contact-resolution' }))).toMatchObject({ n: 5, value: 100, note: 'excluded:1' });
    await given([...settled, item()], { asOf: at(1.9 + week) });
    expect(only(await ask({ metric: 'first-contact-resolution' }))).toMatchObject({ n: 0, note: 'empty' });
  });

  test('is absent where customers are not told', async () => {
    await given([], { lacks: ['customer'] });
    expect(await ask({ metric: 'first-contact-resolution' })).toMatchObject({ rows: [], absent: [{ signal: 'customer' }] });
  });
});
