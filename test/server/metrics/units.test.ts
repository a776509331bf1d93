import { beforeAll, describe, expect, test } from 'vitest';
import { metricUnits, type UnitsRequest } from '#server/metrics/units.js';
import { testDatabase } from '../../support/database.js';
import { bothEngines, id, writeFacts, type ItemFacts } from './support/measured.js';

const { pool } = await testDatabase();
const { engines, refresh } = await bothEngines(pool);

/** Both engines must tell the same. */
async function units(request: Partial<UnitsRequest> & { metric: string }) {
  const whole: UnitsRequest = { from: '2026-01-01', to: '2026-02-01', grain: 'all', zone: 'UTC', take: 'sample', most: 100, ...request };
  const [columnar, relational] = await Promise.all(engines.map((engine) => metricUnits(engine, whole)));
  expect(columnar).toEqual(relational);
  return columnar!;
}

const epoch = (iso: string) => Date.parse(iso) / 1_000;

async function given(items: ItemFacts[], lacks: 'finish'[] = []): Promise<void> {
  await writeFacts(pool, [{ name: 'desk', asOf: '2026-01-20T00:00:00Z', lacks }], items);
  await refresh();
}

describe('of lead time', () => {
  beforeAll(() =>
    given([
      { name: 'done', created: '2026-01-05T00:00:00Z', ended: '2026-01-06T12:00:00Z', type: 'ticket', team: 'A' },
      { name: 'open', created: '2026-01-10T00:00:00Z', type: 'ticket', team: 'B' },
      { name: 'cancelled', created: '2026-01-11T00:00:00Z', ended: '2026-01-11T01:00:00Z', outcome: 'cancelled', type: 'task' },
      { name: 'later', created: '2026-01-25T00:00:00Z', type: 'ticket' },
      { name: 'before', created: '2025-12-31T23:00:00Z', ended: '2026-01-02T00:00:00Z', type: 'ticket' },
      { name: 'spam', created: '2026-01-05T00:00:00Z', ended: '2026-01-06T12:00:00Z', excluded: 'spam', type: 'ticket' },
    ]),
  );

  test('each item of the window tells when it ended and how long it took; what is open, its age at the end of the data', async () => {
    const { total, rows, asOf } = await units({ metric: 'lead-time' });
    expect(total).toBe(3);
    expect(asOf).toBe(epoch('2026-01-20T00:00:00Z'));
    const byItem = Object.fromEntries(rows.map((row) => [row.itemId, row.tells]));
    expect(byItem).toEqual({
      [id('item', 'done')]: { exit: epoch('2026-01-06T12:00:00Z'), seconds: 129_600, ended: 1 },
      [id('item', 'open')]: { exit: epoch('2026-01-20T00:00:00Z'), seconds: 864_000, ended: 0 },
      [id('item', 'cancelled')]: { exit: epoch('2026-01-11T01:00:00Z'), seconds: 3_600, ended: 2 },
    });
  });

  test('instants are on the clock of the zone', async () => {
    // Istanbul is three hours ahead of UTC; the window moves with it, so the item created at 23:00 UTC is in it.
    const { rows } = await units({ metric: 'lead-time', zone: 'Europe/Istanbul', filters: { type: ['ticket'] } });
    const done = rows.find((row) => row.itemId === id('item', 'done'));
    expect(done?.tells['exit']).toBe(epoch('2026-01-06T15:00:00Z'));
    expect(rows.map((row) => row.itemId)).toContain(id('item', 'before'));
  });

  test('filters hold', async () => {
    expect((await units({ metric: 'lead-time', filters: { team: ['B'] } })).rows.map((row) => row.itemId)).toEqual([id('item', 'open')]);
    expect((await units({ metric: 'lead-time', filters: { type: ['task'] } })).total).toBe(1);
  });

  test('as known at an instant nothing later counts', async () => {
    const { rows } = await units({ metric: 'lead-time', asOf: '2026-01-06T00:00:00Z' });
    expect(rows.map(({ tells }) => tells)).toEqual([{ exit: epoch('2026-01-06T00:00:00Z'), seconds: 86_400, ended: 0 }]);
  });

  test('the greatest come first', async () => {
    const { rows, total } = await units({ metric: 'lead-time', take: 'greatest', most: 2 });
    expect(total).toBe(3);
    expect(rows.map((row) => row.itemId)).toEqual([id('item', 'open'), id('item', 'done')]);
  });
});

test('a sample is the same every time, and a smaller one is part of a larger one', async () => {
  const many = Array.from({ length: 200 }, (_, n): ItemFacts => ({
    name: `i${n}`,
    created: '2026-01-05T00:00:00Z',
    ended: '2026-01-06T00:00:00Z',
  }));
  await given(many);
  const drawn = async (most: number) => (await units({ metric: 'lead-time', most })).rows.map((row) => row.itemId);
  const forty = await drawn(40);
  expect(forty).toHaveLength(40);
  expect(await drawn(40)).toEqual(forty);
  expect((await drawn(80)).slice(0, 40)).toEqual(forty);
  expect(await units({ metric: 'lead-time', most: 40 })).toMatchObject({ total: 200 });
});

test('a source that cannot support the metric has no units, with the reason', async () => {
  await given([{ name: 'done', created: '2026-01-05T00:00:00Z', ended: '2026-01-06T12:00:00Z' }], ['finish']);
  expect(await units({ metric: 'lead-time' })).toEqual({
    metric: 'lead-time',
    total: 0,
    rows: [],
    asOf: null,
    absent: [{ connection: 'desk', signal: 'finish', reason: 'No finish in the file.' }],
  });
});

test('a metric whose units tell nothing is refused by its name', async () => {
  await expect(units({ metric: 'reopen-rate' })).rejects.toThrow('"reopen-rate" tells nothing of its single units');
});
