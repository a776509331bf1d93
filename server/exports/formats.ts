import { arrowBytes } from './arrow.js';
import type { ColumnBatch } from './column-batch.js';
import { jsonBytes, ndjsonBytes } from './json.js';
import { parquetBytes } from './parquet.js';
import type { About, FileColumn } from './typed-column.js';
import { xlsxBytes } from './xlsx.js';

/** Kinds of files rows are written to. CSV is written by Postgres itself: see `csv.ts`. */
export const viewFormats = ['csv', 'xlsx', 'json', 'ndjson', 'arrow', 'parquet'] as const;
export type ViewFormat = (typeof viewFormats)[number];

/** The bytes of a file, made as rows come: a batch of rows is in memory at a time, of Parquet a group. */
type BatchesToBytes = (about: About, columns: readonly FileColumn[], batches: AsyncIterable<ColumnBatch>) => AsyncGenerator<Buffer>;

export const writers: Record<Exclude<ViewFormat, 'csv'>, BatchesToBytes> = {
  xlsx: xlsxBytes,
  json: jsonBytes,
  ndjson: ndjsonBytes,
  arrow: arrowBytes,
  parquet: parquetBytes,
};

export const contentTypes: Record<ViewFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
  arrow: 'application/vnd.apache.arrow.stream',
  parquet: 'application/vnd.apache.parquet',
};
