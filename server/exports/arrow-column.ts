import { makeData, type Bool, type DataType, type Data, type Utf8 } from 'apache-arrow';
import { unscaled, type Cell, type ColumnKind, type TypedColumn } from './typed-column.js';

/** Cells as Postgres writes them, laid down as Arrow keeps them: several times faster than the library's builders. */
export function arrowColumnData(column: TypedColumn, type: DataType, cells: readonly Cell[]): Data {
  const { nullBitmap, nullCount } = nulls(cells);
  const shape = { length: cells.length, nullCount, nullBitmap };
  if (column.kind === 'text') return makeData({ type: type as Utf8, ...shape, ...textBytes(cells) });
  if (column.kind === 'boolean') return makeData({ type: type as Bool, ...shape, data: bits(cells, (cell) => cell === 't') });
  return makeData({ type, ...shape, data: numbers[column.kind](cells) } as Parameters<typeof makeData>[0]);
}

const numbers: Record<Exclude<ColumnKind, 'text' | 'boolean'>, (cells: readonly Cell[]) => ArrayBufferView> = {
  int32: (cells) => Int32Array.from(cells, Number),
  date: (cells) => Int32Array.from(cells, Number),
  float64: (cells) => Float64Array.from(cells, floating),
  int64: (cells) => BigInt64Array.from(cells, (cell) => BigInt(cell ?? 0)),
  instant: (cells) => BigInt64Array.from(cells, (cell) => BigInt(cell ?? 0)),
  decimal: decimals,
};

/** Postgres writes `Infinity`, `-Infinity` and `NaN` as JavaScript does. */
function floating(cell: Cell): number {
  return Number(cell);
}

/** Two 64-bit words each, the lower first. */
function decimals(cells: readonly Cell[]): Uint32Array {
  const words = new BigInt64Array(cells.length * 2);
  for (const [index, cell] of cells.entries()) {
    const value = cell === null ? 0n : unscaled(cell);
    words[index * 2] = BigInt.asIntN(64, value);
    words[index * 2 + 1] = value >> 64n;
  }
  return new Uint32Array(words.buffer);
}

function textBytes(cells: readonly Cell[]): { valueOffsets: Int32Array; data: Uint8Array } {
  const valueOffsets = new Int32Array(cells.length + 1);
  let end = 0;
  for (const [index, cell] of cells.entries()) {
    if (cell !== null) end += Buffer.byteLength(cell);
    valueOffsets[index + 1] = end;
  }
  return { valueOffsets, data: Buffer.from(cells.join('')) };
}

function nulls(cells: readonly Cell[]): { nullBitmap: Uint8Array; nullCount: number } {
  return { nullBitmap: bits(cells, (cell) => cell !== null), nullCount: cells.filter((cell) => cell === null).length };
}

function bits(cells: readonly Cell[], isSet: (cell: Cell) => boolean): Uint8Array {
  const bitmap = new Uint8Array(Math.ceil(cells.length / 8));
  for (const [index, cell] of cells.entries()) if (isSet(cell)) bitmap[index >> 3] = (bitmap[index >> 3] ?? 0) | (1 << (index & 7));
  return bitmap;
}
