import { zstdCompressSync } from 'node:zlib';
import { ByteWriter, ParquetWriter, type ColumnSource, type SchemaElement } from 'hyparquet-writer';
import { unscaled, type Cell, type TypedColumn } from './typed-column.js';

/** Rows of one group: readers skip by groups, and one is in memory at a time. */
const groupRows = 65_536;

/** A Parquet file: instants in microseconds of UTC, whole numbers 64 bits, decimals exact, texts UTF-8; comments in its metadata. */
export async function* parquetBytes(
  comment: string,
  columns: readonly TypedColumn[],
  batches: AsyncIterable<Cell[][]>,
): AsyncGenerator<Buffer> {
  const bytes = new ByteWriter(1 << 20);
  const file = new ParquetWriter({
    writer: bytes,
    schema: [{ name: 'root', num_children: columns.length }, ...columns.map(schemaElement)],
    codec: 'ZSTD',
    compressors: { ZSTD: (input) => zstdCompressSync(input) },
    createdBy: 'throughline',
    kvMetadata: [{ key: 'comment', value: comment }, ...columns.map(({ name, comment: value }) => ({ key: `comment.${name}`, value }))],
  });
  let held: Cell[][] = [];
  for await (const rows of batches) {
    held = held.concat(rows);
    if (held.length < groupRows) continue;
    await file.write({ columnData: columnSources(columns, held), rowGroupSize: held.length });
    held = [];
    yield taken(bytes);
  }
  if (held.length > 0) await file.write({ columnData: columnSources(columns, held), rowGroupSize: held.length });
  await file.finish();
  yield taken(bytes);
}

/** What was written since the last time; positions in the file go on. */
function taken(bytes: ByteWriter): Buffer {
  const chunk = Buffer.from(bytes.getBytes());
  bytes.index = 0;
  return chunk;
}

function columnSources(columns: readonly TypedColumn[], rows: readonly Cell[][]): ColumnSource[] {
  return columns.map((column, index) => {
    const read = reader(column);
    const data = rows.map((row) => {
      const cell = row[index] ?? null;
      return cell === null ? null : read(cell);
    });
    return { name: column.name, data };
  });
}

function reader({ kind }: TypedColumn): (cell: string) => unknown {
  switch (kind) {
    case 'boolean':
      return (cell) => cell === 't';
    case 'int32':
    case 'date':
    case 'float64':
      return Number;
    case 'int64':
    case 'instant':
      return BigInt;
    case 'decimal':
      return unscaled;
    case 'text':
      return (cell) => cell;
  }
}

function schemaElement({ name, kind, digits }: TypedColumn): SchemaElement {
  const optional = { name, repetition_type: 'OPTIONAL' } as const;
  switch (kind) {
    case 'boolean':
      return { ...optional, type: 'BOOLEAN' };
    case 'int32':
      return { ...optional, type: 'INT32' };
    case 'int64':
      return { ...optional, type: 'INT64' };
    case 'float64':
      return { ...optional, type: 'DOUBLE' };
    case 'date':
      return { ...optional, type: 'INT32', converted_type: 'DATE' };
    case 'instant':
      return { ...optional, type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' } };
    case 'decimal':
      return { ...optional, type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, converted_type: 'DECIMAL', ...digits };
    case 'text':
      return { ...optional, type: 'BYTE_ARRAY', converted_type: 'UTF8' };
  }
}
