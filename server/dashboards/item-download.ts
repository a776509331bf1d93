import { Readable } from 'node:stream';
import { Field, Float64, RecordBatch, Schema, Struct, TimestampMicrosecond, Utf8, makeData, type DataType } from 'apache-arrow';
import type pg from 'pg';
import type { ItemSummary } from '../api.js';
import { arrowMessages, columnData } from '../exports/arrow.js';
import { csvLine } from '../exports/csv-line.js';
import type { ExportFormat } from '../exports/export-view.js';
import type { MetricEngine } from '../metrics/engine.js';
import type { ItemOrder } from '../metrics/item-order.js';
import { metricItems } from '../metrics/items.js';
import type { ItemsRequest } from '../metrics/request.js';
import { readItems } from './item-story.js';

/** Rows in memory at a time. */
const pageRows = 2_000;

/** Columns of a downloaded list by name, in the order of the file. Instants are ISO in UTC, what a unit adds is as the metric counts. */
const columns = {
  item_id: (item) => item.id,
  external_id: (item) => item.externalId,
  connection: (item) => item.connection,
  title: (item) => item.title,
  contribution: (item) => item.contribution,
  customer: (item) => item.customer,
  team: (item) => item.team,
  type: (item) => item.type,
  created_at: (item) => item.createdAt,
  outcome: (item) => item.outcome,
  finished_at: (item) => item.finishedAt,
  url: (item) => item.url,
} satisfies Record<string, (item: ItemSummary) => string | number | null>;

export type ItemColumn = keyof typeof columns;
export const itemColumns = Object.keys(columns) as ItemColumn[];

/** All items of a mark, in their order, as bytes that are made as they are taken. Ends in an error where the facts change meanwhile. */
export function itemStream(
  engine: MetricEngine,
  pool: pg.Pool,
  mark: ItemsRequest,
  order: ItemOrder,
  { format, chosen }: { format: ExportFormat; chosen: readonly ItemColumn[] },
): Readable {
  const names = itemColumns.filter((name) => chosen.includes(name));
  const pages = itemPages(engine, pool, mark, order);
  return Readable.from(format === 'csv' ? csvPages(pages, names) : arrowPages(pages, names), { objectMode: false });
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

async function* csvPages(pages: AsyncIterable<ItemSummary[]>, names: readonly ItemColumn[]): AsyncGenerator<Buffer> {
  yield Buffer.from(csvLine(names));
  for await (const page of pages) yield Buffer.from(page.map((item) => csvLine(names.map((name) => columns[name](item)))).join(''));
}

function arrowPages(pages: AsyncIterable<ItemSummary[]>, names: readonly ItemColumn[]): AsyncGenerator<Buffer> {
  const schema = new Schema(names.map((name) => new Field(name, typeOf(name), true)));
  async function* batches(): AsyncGenerator<RecordBatch> {
    for await (const page of pages) {
      const children = names.map((name) =>
        columnData(
          typeOf(name),
          page.map((item) => arrowValue(name, columns[name](item))),
        ),
      );
      yield new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: page.length, nullCount: 0, children }));
    }
  }
  return arrowMessages(schema, batches());
}

function typeOf(name: ItemColumn): DataType {
  if (name === 'contribution') return new Float64();
  return name.endsWith('_at') ? new TimestampMicrosecond('UTC') : new Utf8();
}

function arrowValue(name: ItemColumn, value: string | number | null): unknown {
  return value !== null && name.endsWith('_at') ? BigInt(Date.parse(String(value))) * 1_000n : value;
}
