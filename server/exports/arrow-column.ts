import { makeData, type Bool, type Data, type DataType, type Utf8 } from 'apache-arrow';
import { isPresent, textOf, type ColumnValues } from './column-batch.js';
import { isKeptAsText, unscaled, type FileColumn } from './typed-column.js';

/** The values of a column as Arrow keeps them: numbers and texts as they lie in memory already. */
export function arrowColumnData(column: FileColumn, type: DataType, values: ColumnValues, length: number): Data {
  const { kind } = column;
  const shape = { length, nullCount: values.nullCount, nullBitmap: values.present };
  if (isKeptAsText(column)) return makeData({ type: type as Utf8, ...shape, valueOffsets: values.offsets, data: values.bytes });
  if (kind === 'boolean') return makeData({ type: type as Bool, ...shape, data: bits(values.numbers as Int32Array) });
  const data = kind === 'decimal' ? decimals(values, length) : values.numbers;
  return makeData({ type, ...shape, data } as Parameters<typeof makeData>[0]);
}

/** Two 64-bit words each, the lower first. */
function decimals(values: ColumnValues, length: number): Uint32Array {
  const words = new BigInt64Array(length * 2);
  for (let row = 0; row < length; row += 1) {
    const value = isPresent(values, row) ? unscaled(textOf(values, row)) : 0n;
    words[row * 2] = BigInt.asIntN(64, value);
    words[row * 2 + 1] = value >> 64n;
  }
  return new Uint32Array(words.buffer);
}

function bits(flags: Int32Array): Uint8Array {
  const bitmap = new Uint8Array(Math.ceil(flags.length / 8));
  for (let row = 0; row < flags.length; row += 1) if (flags[row] === 1) bitmap[row >> 3] = (bitmap[row >> 3] ?? 0) | (1 << (row & 7));
  return bitmap;
}
