import { Readable } from 'node:stream';
import {
  AsyncByteQueue,
  Bool,
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
  vectorFromArray,
  type Data,
  type DataType,
} from 'apache-arrow';
import type pg from 'pg';
import { identifier, type View, type ViewColumn } from './view-catalog.js';

/** Rows held in memory at a time: enough to make batches worth their head, small enough that memory stays flat. */
const batchRows = 8_192;

type Cell = string | null;

interface ArrowColumn {
  field: Field;
  select: string;
  read(text: string): unknown;
}

/** The view as an Arrow IPC stream. Instants are microseconds in UTC, whole numbers 64 bits, comments travel as metadata. */
export function arrowStream(client: pg.PoolClient, view: View): Readable {
  const columns = view.columns.map(arrowColumn);
  const schema = new Schema(
    columns.map((column) => column.field),
    new Map([['comment', view.comment]]),
  );
  return Readable.from(arrowMessages(schema, recordBatches(client, view, columns, schema)), { objectMode: false });
}

/** The bytes of the stream as batches come, one batch in memory at a time. */
export async function* arrowMessages(schema: Schema, batches: AsyncIterable<RecordBatch>): AsyncGenerator<Buffer> {
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

async function* recordBatches(client: pg.PoolClient, view: View, columns: ArrowColumn[], schema: Schema): AsyncGenerator<RecordBatch> {
  await client.query('begin transaction isolation level repeatable read read only');
  try {
    // Before the snapshot: a rebuild puts other tables in the place of those below, which an older snapshot would find empty.
    await client.query(`lock table analytics.${identifier(view.name)} in access share mode`);
    await client.query(
      `declare export_rows no scroll cursor for select ${columns.map((column) => column.select).join(', ')} from analytics.${identifier(view.name)}`,
    );
    let isFirst = true;
    for (;;) {
      const { rows } = await client.query<Cell[]>({ text: `fetch ${batchRows} from export_rows`, rowMode: 'array', types: asText });
      if (rows.length > 0 || isFirst) yield recordBatch(schema, columns, rows);
      isFirst = false;
      if (rows.length < batchRows) return;
    }
  } finally {
    await client.query('rollback');
  }
}

function recordBatch(schema: Schema, columns: ArrowColumn[], rows: Cell[][]): RecordBatch {
  const children = columns.map((column, index) => {
    const values = rows.map((row) => {
      const text = row[index] ?? null;
      return text === null ? null : column.read(text);
    });
    return columnData(column.field.type as DataType, values);
  });
  return new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: rows.length, nullCount: 0, children }));
}

/** The library's builder of instants takes milliseconds; ours are exact, so they are laid down as the whole numbers they are. */
export function columnData(type: DataType, values: unknown[]): Data {
  const isInstant = type instanceof TimestampMicrosecond;
  const [data] = vectorFromArray(values, isInstant ? new Int64() : type).data;
  if (!data) return makeData({ type });
  if (!isInstant) return data;
  const values64 = data.values as BigInt64Array;
  return makeData({ type, length: data.length, nullCount: data.nullCount, nullBitmap: data.nullBitmap, data: values64 });
}

function arrowColumn(column: ViewColumn): ArrowColumn {
  const name = identifier(column.name);
  const metadata = new Map([['comment', column.comment]]);
  const made = (type: DataType, read: ArrowColumn['read'], select = name): ArrowColumn => ({
    field: new Field(column.name, type, true, metadata),
    select,
    read,
  });
  switch (column.type) {
    case 'timestamp with time zone':
      return made(new TimestampMicrosecond('UTC'), BigInt, `(extract(epoch from ${name}) * 1000000)::bigint`);
    case 'bigint':
      return made(new Int64(), BigInt);
    case 'integer':
      return made(new Int32(), Number);
    case 'real':
    case 'double precision':
      return made(new Float64(), Number);
    case 'boolean':
      return made(new Bool(), (text) => text === 't');
    default:
      return made(new Utf8(), (text) => text, `${name}::text`);
  }
}

/** Values as the server writes them; `read` of each column says what they mean. */
const asText = { getTypeParser: () => (text: string) => text };
