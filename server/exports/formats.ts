import type { ColumnBatch } from './column-batch.js';
import { csvBytes } from './csv-bytes.js';
import { jsonBytes, ndjsonBytes } from './json.js';
import type { About, FileColumn } from './typed-column.js';

/** Kinds of files rows are written to. */
export const viewFormats = ['csv', 'xlsx', 'json', 'ndjson', 'arrow', 'parquet'] as const;
export type ViewFormat = (typeof viewFormats)[number];

/** The bytes of a file, made as rows come: a batch of rows is in memory at a time, of Parquet the compressed pages of a group too. */
type BatchesToBytes = (about: About, columns: readonly FileColumn[], batches: AsyncIterable<ColumnBatch>) => AsyncGenerator<Buffer>;

/** Those that others wrote are loaded when a file of their kind is: a process that writes one kind holds no other. */
const writers: Record<Exclude<ViewFormat, 'csv'>, () => Promise<BatchesToBytes>> = {
  xlsx: async () => (await import('./xlsx.js')).xlsxBytes,
  json: () => Promise.resolve(jsonBytes),
  ndjson: () => Promise.resolve(ndjsonBytes),
  arrow: async () => (await import('./arrow.js')).arrowBytes,
  parquet: async () => (await import('./parquet.js')).parquetBytes,
};

/** `isRaw`: CSV cells as they are, also those a spreadsheet would run as formulas. */
export async function* fileBytes(
  format: ViewFormat,
  about: About,
  columns: readonly FileColumn[],
  batches: AsyncIterable<ColumnBatch>,
  isRaw = false,
): AsyncGenerator<Buffer> {
  yield* format === 'csv' ? csvBytes(columns, batches, isRaw) : (await writers[format]())(about, columns, batches);
}

export const contentTypes: Record<ViewFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
  arrow: 'application/vnd.apache.arrow.stream',
  parquet: 'application/vnd.apache.parquet',
};

/** The kind of file an `Accept` header names, the first of them; null where it names none of ours. */
export function acceptedFormat(accept: string | undefined): ViewFormat | null {
  const wanted = (accept ?? '').split(',').map((one) => one.split(';')[0]?.trim().toLowerCase());
  for (const type of wanted) {
    const format = viewFormats.find((one) => contentTypes[one].split(';')[0] === type);
    if (format) return format;
  }
  return null;
}
