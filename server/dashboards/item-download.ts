import type { Readable } from 'node:stream';
import type pg from 'pg';
import type { ItemSummary } from '../api.js';
import type { ViewFormat } from '../exports/formats.js';
import { rowFile, type RowColumn } from '../exports/row-file.js';
import type { MetricEngine } from '../metrics/engine.js';
import type { ItemOrder } from '../metrics/item-order.js';
import { metricItems } from '../metrics/items.js';
import type { ItemsRequest } from '../metrics/request.js';
import { readItems } from './item-story.js';

/** Rows in memory at a time. */
const pageRows = 2_000;

/** Columns of a downloaded list by name, in the order of the file. What a unit adds is as the metric counts. */
const columns = {
  item_id: { kind: 'text', of: (item) => item.id },
  external_id: { kind: 'text', of: (item) => item.externalId },
  connection: { kind: 'text', of: (item) => item.connection },
  title: { kind: 'text', of: (item) => item.title },
  contribution: { kind: 'number', of: (item) => item.contribution },
  customer: { kind: 'text', of: (item) => item.customer },
  team: { kind: 'text', of: (item) => item.team },
  type: { kind: 'text', of: (item) => item.type },
  created_at: { kind: 'instant', of: (item) => item.createdAt },
  outcome: { kind: 'text', of: (item) => item.outcome },
  finished_at: { kind: 'instant', of: (item) => item.finishedAt },
  url: { kind: 'text', of: (item) => item.url },
} satisfies Record<string, RowColumn<ItemSummary>>;

export type ItemColumn = keyof typeof columns;
export const itemColumns = Object.keys(columns) as ItemColumn[];

/** All items of a mark, in their order, as bytes that are made as they are taken. Ends in an error where the facts change meanwhile. */
export function itemStream(
  engine: MetricEngine,
  pool: pg.Pool,
  mark: ItemsRequest,
  order: ItemOrder,
  { format, chosen, isRaw }: { format: ViewFormat; chosen: readonly ItemColumn[]; isRaw: boolean },
): Readable {
  const shown = Object.fromEntries(itemColumns.filter((name) => chosen.includes(name)).map((name) => [name, columns[name]]));
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
