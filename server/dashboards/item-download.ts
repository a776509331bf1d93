import type { Readable } from 'node:stream';
import type pg from 'pg';
import type { ItemSummary } from '../api.js';
import type { ViewFormat } from '../exports/formats.js';
import { rowFile } from '../exports/row-file.js';
import type { MetricEngine } from '../metrics/engine.js';
import type { ItemOrder } from '../metrics/item-order.js';
import { metricItems } from '../metrics/items.js';
import type { ItemsRequest } from '../metrics/request.js';
import { itemColumns, type ItemColumn } from './item-columns.js';
import { readItems } from './item-story.js';

/** Rows in memory at a time. */
const pageRows = 2_000;

/** All items of a mark, in their order, as bytes that are made as they are taken. Ends in an error where the facts change meanwhile. */
export function itemStream(
  engine: MetricEngine,
  pool: pg.Pool,
  mark: ItemsRequest,
  order: ItemOrder,
  { format, chosen, isRaw }: { format: ViewFormat; chosen: readonly ItemColumn[]; isRaw: boolean },
): Readable {
  const shown = Object.fromEntries(Object.entries(itemColumns).filter(([name]) => chosen.some((one) => one === name)));
  return rowFile<ItemSummary>(format, shown, itemPages(engine, pool, mark, order), { isRaw });
}

async function* itemPages(engine: MetricEngine, pool: pg.Pool, mark: ItemsRequest, order: ItemOrder): AsyncGenerator<ItemSummary[]> {
  const version = await engine.version();
  for (let offset = 0; ; offset += pageRows) {
    const { total, units } = await metricItems(engine, { ...mark, offset, limit: pageRows }, order);
    if ((await engine.version()) !== version)
      throw new Error('New data was worked in while the list was written, so it would be of two versions; download it again.');
    if (units.length > 0) yield await readItems(pool, units);
    if (offset + pageRows >= total) return;
  }
}
