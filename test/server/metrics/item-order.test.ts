import { beforeAll, expect, test } from 'vitest';
import type { ItemOrder } from '#server/metrics/item-order.js';
import { metricItems } from '#server/metrics/items.js';
import type { ItemsRequest } from '#server/metrics/request.js';
import { testDatabase } from '../../support/database.js';
import { bothEngines, id, writeFacts, type ItemFacts } from './support/measured.js';

const { pool } = await testDatabase();
const { engines, refresh } = await bothEngines(pool);

const mark: ItemsRequest = { metric: 'lead-time', from: '2026-01-01', to: '2026-02-01', grain: 'all', bucket: 'all', zone: 'UTC' };
const names = new Map<string, string>();

/** Names of the items in the order in which both engines list them. */
async function listed(order: ItemOrder, portion: Pick<ItemsRequest, 'offset' | 'limit'> = {}): Promise<string[]> {
  const [columnar, relational] = await Promise.all(engines.map((engine) => metricItems(engine, { ...mark, ...portion }, order)));
  expect(columnar).toEqual(relational);
  return columnar!.units.map(({ itemId }) => names.get(itemId) ?? itemId);
}

beforeAll(async () => {
  const item = (name: string, hours: number, more: Partial<ItemFacts> = {}): ItemFacts => ({
    name,
    created: `2026-01-0${name.length}T00:00:00Z`,
    ended: new Date(Date.parse(`2026-01-0${name.length}T00:00:00Z`) + hours * 3_600_000).toISOString(),
    ...more,
  });
  const items = [
    item('a', 5, { team: 'Çağrı' }),
    item('bb', 300, { team: 'Destek' }),
    item('ccc', 20, { team: 'Cari' }),
    item('dddd', 8),
    { name: 'eeeee', created: '2026-01-05T00:00:00Z', team: 'Cari' },
  ];
  for (const { name } of items) names.set(id('item', name), name);
  await writeFacts(pool, [{ name: 'desk', asOf: '2026-01-20T00:00:00Z' }], items);
  await refresh();
});

test('a list comes with the greatest contribution first, or last', async () => {
  // The open one has waited for 360 hours.
  expect(await listed({ by: 'contribution', isDescending: true, key: '' })).toEqual(['eeeee', 'bb', 'ccc', 'dddd', 'a']);
  expect(await listed({ by: 'contribution', isDescending: false, key: '' })).toEqual(['a', 'dddd', 'ccc', 'bb', 'eeeee']);
});

test('by their creation and by their end, what is open last', async () => {
  expect(await listed({ by: 'created', isDescending: true, key: '' })).toEqual(['eeeee', 'dddd', 'ccc', 'bb', 'a']);
  expect(await listed({ by: 'outcome', isDescending: false, key: '' })).toEqual(['a', 'ccc', 'dddd', 'bb', 'eeeee']);
});

test('by names in the order of a language, what has none last either way', async () => {
  const order = { by: 'team' as const, key: 'tr', ranked: async () => ['Cari', 'Çağrı', 'Destek'].map((name) => id('team', name)) };
  expect(await listed({ ...order, isDescending: false })).toEqual(['eeeee', 'ccc', 'a', 'bb', 'dddd']);
  expect(await listed({ ...order, isDescending: true })).toEqual(['bb', 'a', 'eeeee', 'ccc', 'dddd']);
});

test('by what is asked of the items of the list alone', async () => {
  const ranked: ItemOrder['ranked'] = async ({ sql, parameters }) => {
    const rows = await engines[0]!.query(sql, parameters);
    return rows.map((row) => String(row['item_id'])).sort((one, other) => (names.get(one) ?? '').localeCompare(names.get(other) ?? ''));
  };
  expect(await listed({ by: 'title', key: 'en', isDescending: false, ranked })).toEqual(['a', 'bb', 'ccc', 'dddd', 'eeeee']);
});

test('portions of a long list follow each other, and beyond its end there is its total', async () => {
  const created = (n: number) => new Date(Date.parse('2026-01-05T00:00:00Z') + n * 60_000).toISOString();
  const many = Array.from({ length: 2_500 }, (_, n): ItemFacts => ({ name: `m${n}`, created: created(n), ended: '2026-01-10T00:00:00Z' }));
  for (const { name } of many) names.set(id('item', name), name);
  await writeFacts(pool, [{ name: 'desk', asOf: '2026-01-20T00:00:00Z' }], many);
  await refresh();
  const order: ItemOrder = { by: 'created', isDescending: false, key: '' };
  expect(await listed(order, { offset: 1_998, limit: 3 })).toEqual(['m1998', 'm1999', 'm2000']);
  expect(await listed(order, { offset: 2_498, limit: 200 })).toEqual(['m2498', 'm2499']);
  for (const engine of engines)
    expect(await metricItems(engine, { ...mark, offset: 2_600, limit: 200 }, order)).toEqual({ total: 2_500, units: [] });
});
