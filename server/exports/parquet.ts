import { ByteWriter, type SchemaElement } from 'hyparquet-writer';
import { writeMetadata } from 'hyparquet-writer/src/metadata.js';
import type { ColumnBatch } from './column-batch.js';
import { ParquetChunk } from './parquet-chunk.js';
import { isKeptAsText, type About, type FileColumn } from './typed-column.js';

/** Readers skip by groups of rows. Pages of one are held, compressed, until it is whole: a group lies column after column. */
const groupRows = 131_072;
const groupBytes = 8 * 2 ** 20;

type Metadata = Parameters<typeof writeMetadata>[1];
type RowGroup = Metadata['row_groups'][number];

/** "PAR1", first and last in the file. */
const magic = 0x31524150;

/** A Parquet file: instants in microseconds of UTC, whole numbers 64 bits, decimals exact, texts UTF-8; comments in its metadata. */
export async function* parquetBytes(
  about: About,
  columns: readonly FileColumn[],
  batches: AsyncIterable<ColumnBatch>,
): AsyncGenerator<Buffer> {
  const elements = columns.map(schemaElement);
  const begun = () => elements.map((element, index) => ({ index, chunk: new ParquetChunk(element) }));
  const file = new ByteWriter(1 << 16);
  const groups: RowGroup[] = [];
  let chunks = begun();
  let rows = 0;
  file.appendUint32(magic);
  for await (const { length, columns: values } of batches) {
    for (const { index, chunk } of chunks) {
      const found = values[index];
      if (found && length > 0) chunk.add(found, length);
    }
    rows += length;
    if (rows < groupRows && chunks.reduce((held, { chunk }) => held + chunk.heldBytes, 0) < groupBytes) continue;
    yield* group();
  }
  if (rows > 0) yield* group();
  writeMetadata(file, metadata(about, columns, elements, groups));
  file.appendUint32(magic);
  yield taken(file);

  function* group(): Generator<Buffer> {
    const written: RowGroup['columns'] = [];
    for (const { chunk } of chunks) {
      written.push(chunk.write(file));
      yield taken(file);
    }
    const sum = (of: 'total_uncompressed_size' | 'total_compressed_size') =>
      written.reduce((all, { meta_data: told }) => all + (told?.[of] ?? 0n), 0n);
    groups.push({
      columns: written,
      num_rows: BigInt(rows),
      total_byte_size: sum('total_uncompressed_size'),
      total_compressed_size: sum('total_compressed_size'),
    });
    chunks = begun();
    rows = 0;
  }
}

/** What was written since the last time; positions in the file go on. */
function taken(file: ByteWriter): Buffer {
  const bytes = Buffer.from(file.getBytes());
  file.index = 0;
  return bytes;
}

function metadata(about: About, columns: readonly FileColumn[], elements: readonly SchemaElement[], groups: RowGroup[]): Metadata {
  const told = [...Object.entries(about), ...columns.map(({ name, comment }) => [`comment.${name}`, comment] as const)];
  return {
    version: 2,
    created_by: 'throughline',
    schema: [{ name: 'root', num_children: columns.length }, ...elements],
    num_rows: groups.reduce((all, { num_rows: rows }) => all + rows, 0n),
    row_groups: groups,
    // Known once it is written.
    metadata_length: 0,
    key_value_metadata: told.filter(([, value]) => value !== '').map(([key, value]) => ({ key, value })),
  };
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
