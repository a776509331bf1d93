import { Readable } from 'node:stream';
import {
  Bool,
  DateDay,
  Field,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  TimestampMicrosecond,
  Utf8,
  type DataType,
} from 'apache-arrow';
import { arrowMessages, columnData } from './arrow.js';
import { csvLine } from './csv-line.js';

export const rowFileFormats = ['csv', 'arrow'] as const;
export type RowFileFormat = (typeof rowFileFormats)[number];

export const rowFileTypes: Record<RowFileFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  arrow: 'application/vnd.apache.arrow.stream',
};

type Cell = string | number | boolean | null;

/** One column of a file. Instants are ISO in UTC, days `YYYY-MM-DD`. */
export interface FileColumn<Row> {
  kind: keyof typeof types;
  of: (row: Row) => Cell;
}

const types = {
  text: () => new Utf8(),
  number: () => new Float64(),
  whole: () => new Int32(),
  flag: () => new Bool(),
  day: () => new DateDay(),
  instant: () => new TimestampMicrosecond('UTC'),
} satisfies Record<string, () => DataType>;

/** Rows as CSV or as an Arrow stream, made as they are taken. What `about` says of the whole goes into an Arrow file's metadata. */
export function rowFile<Row>(
  format: RowFileFormat,
  columns: Readonly<Record<string, FileColumn<Row>>>,
  pages: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>,
  about: Readonly<Record<string, string>> = {},
): Readable {
  return Readable.from(format === 'csv' ? csvPages(columns, pages) : arrowPages(columns, pages, about), { objectMode: false });
}

async function* csvPages<Row>(
  columns: Readonly<Record<string, FileColumn<Row>>>,
  pages: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>,
): AsyncGenerator<Buffer> {
  const read = Object.values(columns);
  yield Buffer.from(csvLine(Object.keys(columns)));
  for await (const page of pages) yield Buffer.from(page.map((row) => csvLine(read.map(({ of }) => csvCell(of(row))))).join(''));
}

function csvCell(cell: Cell): string | number | null {
  return typeof cell === 'boolean' ? String(cell) : cell;
}

function arrowPages<Row>(
  columns: Readonly<Record<string, FileColumn<Row>>>,
  pages: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>,
  about: Readonly<Record<string, string>>,
): AsyncGenerator<Buffer> {
  const fields = Object.entries(columns).map(([name, { kind }]) => new Field(name, types[kind](), true));
  const schema = new Schema(fields, new Map(Object.entries(about)));
  const read = Object.values(columns);
  async function* batches(): AsyncGenerator<RecordBatch> {
    for await (const page of pages) {
      const children = read.map(({ kind, of }) =>
        columnData(
          types[kind](),
          page.map((row) => arrowValue(kind, of(row))),
        ),
      );
      yield new RecordBatch(schema, makeData({ type: new Struct(fields), length: page.length, nullCount: 0, children }));
    }
  }
  return arrowMessages(schema, batches());
}

function arrowValue(kind: keyof typeof types, cell: Cell): unknown {
  if (cell === null) return null;
  if (kind === 'instant') return BigInt(Date.parse(String(cell))) * 1_000n;
  return kind === 'day' ? new Date(`${String(cell)}T00:00:00Z`) : cell;
}
