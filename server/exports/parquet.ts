import { zstdCompressSync } from 'node:zlib';
import { ByteWriter, ParquetWriter, type ColumnSource, type SchemaElement } from 'hyparquet-writer';
import { batchRows, isPresent, textOf, type ColumnBatch, type ColumnValues } from './column-batch.js';
import { isKeptAsText, unscaled, type About, type FileColumn } from './typed-column.js';

/** Of one group of rows: readers skip by groups, and one is in memory at a time. */
const groupBatches = 4;

/** A Parquet file: instants in microseconds of UTC, whole numbers 64 bits, decimals exact, texts UTF-8; comments in its metadata. */
export async function* parquetBytes(
  about: About,
  columns: readonly FileColumn[],
  batches: AsyncIterable<ColumnBatch>,
): AsyncGenerator<Buffer> {
  const bytes = new ByteWriter(1 << 20);
  const file = new ParquetWriter({
    writer: bytes,
    schema: [{ name: 'root', num_children: columns.length }, ...columns.map(schemaElement)],
    codec: 'ZSTD',
    compressors: { ZSTD: (input) => zstdCompressSync(input) },
    createdBy: 'throughline',
    kvMetadata: [...Object.entries(about), ...columns.map(({ name, comment }) => [`comment.${name}`, comment] as const)]
      .filter(([, value]) => value !== '')
      .map(([key, value]) => ({ key, value })),
  });
  let held: ColumnBatch[] = [];
  for await (const batch of batches) {
    held.push(batch);
    if (held.length < groupBatches) continue;
    await file.write({ columnData: columnSources(columns, held), rowGroupSize: groupBatches * batchRows });
    held = [];
    yield taken(bytes);
  }
  if (held.some(({ length }) => length > 0))
    await file.write({ columnData: columnSources(columns, held), rowGroupSize: groupBatches * batchRows });
  await file.finish();
  yield taken(bytes);
}

/** What was written since the last time; positions in the file go on. */
function taken(bytes: ByteWriter): Buffer {
  const chunk = Buffer.from(bytes.getBytes());
  bytes.index = 0;
  return chunk;
}

function columnSources(columns: readonly FileColumn[], batches: readonly ColumnBatch[]): ColumnSource[] {
  return columns.map((column, index) => {
    const data: unknown[] = [];
    for (const { length, columns: values } of batches) {
      const found = values[index];
      if (!found) continue;
      const read = reader(column, found);
      for (let row = 0; row < length; row += 1) data.push(isPresent(found, row) ? read(row) : null);
    }
    return { name: column.name, data };
  });
}

function reader(column: FileColumn, values: ColumnValues): (row: number) => unknown {
  if (isKeptAsText(column)) return (row) => textOf(values, row);
  switch (column.kind) {
    case 'boolean':
      return (row) => values.numbers?.[row] === 1;
    case 'decimal':
      return (row) => unscaled(textOf(values, row));
    default:
      return (row) => values.numbers?.[row];
  }
}

function schemaElement(column: FileColumn): SchemaElement {
  const { name, kind, digits } = column;
  const optional = { name, repetition_type: 'OPTIONAL' } as const;
  const text = { ...optional, type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const;
  if (isKeptAsText(column)) return text;
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
      return text;
  }
}
