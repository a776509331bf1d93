import { Readable } from 'node:stream';
import type { ColumnBatch, ColumnValues } from './column-batch.js';
import { csvLine } from './csv-line.js';
import { fileBytes, type ViewFormat } from './formats.js';
import type { About, ColumnKind, FileColumn } from './typed-column.js';

type Cell = string | number | boolean | null;

/** One column of a file. Instants are ISO in UTC, days `YYYY-MM-DD`. */
export interface RowColumn<Row> {
  kind: keyof typeof kinds;
  of: (row: Row) => Cell;
}

const kinds = {
  text: 'text',
  number: 'float64',
  whole: 'int32',
  flag: 'boolean',
  day: 'date',
  instant: 'instant',
} satisfies Record<string, ColumnKind>;

type Columns<Row> = Readonly<Record<string, RowColumn<Row>>>;
type Pages<Row> = AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>;

/** What is said of a file beside its rows. */
export interface FileOptions {
  /** Of the whole; goes where the kind of file has a place for it. */
  about?: About;
  /** CSV cells as they are, also those a spreadsheet would run as formulas. Default false. */
  isRaw?: boolean;
}

/** Rows as a file of that kind, made as they are taken. */
export function rowFile<Row>(
  format: ViewFormat,
  columns: Columns<Row>,
  pages: Pages<Row>,
  { about = {}, isRaw = false }: FileOptions = {},
): Readable {
  const bytes = format === 'csv' ? csvPages(columns, pages, isRaw) : fileBytes(format, about, heads(columns), batches(columns, pages));
  return Readable.from(bytes, { objectMode: false });
}

async function* csvPages<Row>(columns: Columns<Row>, pages: Pages<Row>, isRaw: boolean): AsyncGenerator<Buffer> {
  const read = Object.values(columns);
  const line = (row: Row): string =>
    csvLine(
      read.map(({ of }) => csvCell(of(row))),
      isRaw,
    );
  yield Buffer.from(csvLine(Object.keys(columns)));
  for await (const page of pages) yield Buffer.from(page.map(line).join(''));
}

function csvCell(cell: Cell): string | number | null {
  return typeof cell === 'boolean' ? String(cell) : cell;
}

function heads<Row>(columns: Columns<Row>): FileColumn[] {
  return Object.entries(columns).map(([name, { kind }]) => ({ name, kind: kinds[kind], comment: '', digits: null }));
}

/** At least one batch, so that a file without rows has its columns. */
async function* batches<Row>(columns: Columns<Row>, pages: Pages<Row>): AsyncGenerator<ColumnBatch> {
  let isEmpty = true;
  for await (const page of pages) {
    isEmpty = false;
    yield batchOf(columns, page);
  }
  if (isEmpty) yield batchOf(columns, []);
}

function batchOf<Row>(columns: Columns<Row>, page: readonly Row[]): ColumnBatch {
  const values = Object.values(columns).map((column) =>
    columnValues(
      column.kind,
      page.map((row) => column.of(row)),
    ),
  );
  return { length: page.length, columns: values };
}

function columnValues(kind: keyof typeof kinds, cells: readonly Cell[]): ColumnValues {
  const present = new Uint8Array(Math.ceil(cells.length / 8));
  for (const [row, cell] of cells.entries()) if (cell !== null) present[row >> 3] = (present[row >> 3] ?? 0) | (1 << (row & 7));
  const texts = kind === 'text' ? cells.map((cell) => Buffer.from(cell === null ? '' : String(cell))) : [];
  const offsets = new Int32Array(texts.length + 1);
  for (const [row, text] of texts.entries()) offsets[row + 1] = (offsets[row] ?? 0) + text.length;
  const nullCount = cells.filter((cell) => cell === null).length;
  return { present, nullCount, numbers: numbersOf(kind, cells), offsets, bytes: Buffer.concat(texts) };
}

function numbersOf(kind: keyof typeof kinds, cells: readonly Cell[]): ColumnValues['numbers'] {
  switch (kind) {
    case 'text':
      return null;
    case 'number':
      return Float64Array.from(cells, Number);
    case 'whole':
    case 'flag':
      return Int32Array.from(cells, Number);
    case 'day':
      return Int32Array.from(cells, (cell) => (cell === null ? 0 : Date.parse(`${String(cell)}T00:00:00Z`) / 86_400_000));
    case 'instant':
      return BigInt64Array.from(cells, (cell) => (cell === null ? 0n : BigInt(Date.parse(String(cell))) * 1_000n));
  }
}
