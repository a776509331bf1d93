import {
  AsyncByteQueue,
  Bool,
  DateDay,
  Decimal,
  Field,
  Float64,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  TimestampMicrosecond,
  Utf8,
  type DataType,
} from 'apache-arrow';
import { arrowColumnData } from './arrow-column.js';
import type { ColumnBatch } from './column-batch.js';
import type { About, FileColumn } from './typed-column.js';

/** An Arrow IPC stream. Instants are microseconds in UTC, whole numbers 64 bits, comments travel as metadata. */
export function arrowBytes(about: About, columns: readonly FileColumn[], batches: AsyncIterable<ColumnBatch>): AsyncGenerator<Buffer> {
  const fields = columns.map((column) => new Field(column.name, arrowType(column), true, told({ comment: column.comment })));
  const schema = new Schema(fields, told(about));
  return arrowMessages(schema, recordBatches(schema, columns, batches));
}

async function* recordBatches(
  schema: Schema,
  columns: readonly FileColumn[],
  batches: AsyncIterable<ColumnBatch>,
): AsyncGenerator<RecordBatch> {
  for await (const { length, columns: values } of batches) {
    const children = columns.flatMap((column, index) => {
      const found = values[index];
      return found ? [arrowColumnData(column, arrowType(column), found, length)] : [];
    });
    yield new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length, nullCount: 0, children }));
  }
}

/** What has a text. */
function told(about: About): Map<string, string> {
  return new Map(Object.entries(about).filter(([, text]) => text !== ''));
}

function arrowType({ kind, digits }: FileColumn): DataType {
  switch (kind) {
    case 'boolean':
      return new Bool();
    case 'int32':
      return new Int32();
    case 'int64':
      return new Int64();
    case 'float64':
      return new Float64();
    case 'instant':
      return new TimestampMicrosecond('UTC');
    case 'date':
      return new DateDay();
    case 'decimal':
      return digits === null ? new Utf8() : new Decimal(digits.scale, digits.precision, 128);
    case 'text':
      return new Utf8();
  }
}

/** The bytes of the stream as batches come, one batch in memory at a time. */
async function* arrowMessages(schema: Schema, batches: AsyncIterable<RecordBatch>): AsyncGenerator<Buffer> {
  const sink = new Collector();
  const writer = new RecordBatchStreamWriter();
  writer.reset(sink, schema);
  for await (const batch of batches) {
    writer.write(batch);
    yield sink.take();
  }
  writer.finish();
  yield sink.take();
}

/** Takes what the writer writes; the writer's own queue knows no back-pressure. */
class Collector extends AsyncByteQueue {
  private chunks: Uint8Array[] = [];

  override write(chunk: Uint8Array): void {
    this.chunks.push(chunk);
  }

  take(): Buffer {
    const bytes = Buffer.concat(this.chunks);
    this.chunks = [];
    return bytes;
  }
}
