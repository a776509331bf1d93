import { isPresent, textOf, type ColumnValues } from './column-batch.js';
import { unscaled } from './typed-column.js';

/** How Parquet keeps the values of our columns. Of fixed length are decimals alone. */
export type Physical = 'BOOLEAN' | 'INT32' | 'INT64' | 'DOUBLE' | 'BYTE_ARRAY' | 'FIXED_LEN_BYTE_ARRAY';

/** Bytes of a decimal. */
const decimalBytes = 16;

/** The values that are there, one after the other: encoding PLAIN. https://parquet.apache.org/docs/file-format/data-pages/encodings/ */
export function plainValues(physical: Physical, values: ColumnValues, length: number): Uint8Array {
  switch (physical) {
    case 'BOOLEAN':
      return bits(values, length);
    case 'BYTE_ARRAY':
      return texts(values, length);
    case 'FIXED_LEN_BYTE_ARRAY':
      return decimals(values, length);
    default:
      return numbers(values, length);
  }
}

/** Little endian, as they lie in memory. */
function numbers({ numbers: all, present, nullCount }: ColumnValues, length: number): Uint8Array {
  if (all === null) throw new Error('A column of numbers came without numbers.');
  const bytes = new Uint8Array(all.buffer, all.byteOffset, length * all.BYTES_PER_ELEMENT);
  if (nullCount === 0) return bytes;
  // By halves of 32 bits: a 64-bit number read on its own would be an object each.
  const halves = all.BYTES_PER_ELEMENT / 4;
  const from = new Int32Array(all.buffer, all.byteOffset, length * halves);
  const to = new Int32Array((length - nullCount) * halves);
  let at = 0;
  for (let row = 0; row < length; row += 1) {
    if (((present[row >> 3] ?? 0) & (1 << (row & 7))) === 0) continue;
    for (let half = 0; half < halves; half += 1) to[at++] = from[row * halves + half] ?? 0;
  }
  return new Uint8Array(to.buffer);
}

function bits(values: ColumnValues, length: number): Uint8Array {
  const { numbers: flags, nullCount } = values;
  const packed = new Uint8Array(Math.ceil((length - nullCount) / 8));
  let at = 0;
  for (let row = 0; row < length; row += 1) {
    if (!isPresent(values, row)) continue;
    if (flags?.[row] === 1) packed[at >> 3] = (packed[at >> 3] ?? 0) | (1 << (at & 7));
    at += 1;
  }
  return packed;
}

/** Each with its length before it. */
function texts(values: ColumnValues, length: number): Uint8Array {
  const { bytes, offsets, nullCount } = values;
  const packed = Buffer.allocUnsafe((offsets[length] ?? 0) + 4 * (length - nullCount));
  let at = 0;
  for (let row = 0; row < length; row += 1) {
    if (!isPresent(values, row)) continue;
    const start = offsets[row] ?? 0;
    const end = offsets[row + 1] ?? start;
    at = packed.writeUInt32LE(end - start, at);
    at += bytes.copy(packed, at, start, end);
  }
  return packed;
}

/** Two's complement, the highest byte first. */
function decimals(values: ColumnValues, length: number): Uint8Array {
  const packed = Buffer.allocUnsafe(decimalBytes * (length - values.nullCount));
  let at = 0;
  for (let row = 0; row < length; row += 1) {
    if (!isPresent(values, row)) continue;
    const value = unscaled(textOf(values, row));
    at = packed.writeBigInt64BE(value >> 64n, at);
    at = packed.writeBigUInt64BE(BigInt.asUintN(64, value), at);
  }
  return packed;
}
