import { isPresent, textOf, type ColumnValues } from './column-batch.js';
import type { Physical } from './parquet-values.js';
import { unscaled } from './typed-column.js';

type Bound = number | bigint | Uint8Array;

/** Of a long text its beginning says enough; the file keeps less of it still. */
const keptBytes = 64;

/** The least and the greatest value of a chunk, by which readers skip it, and how many are missing. */
export class ParquetBounds {
  private least: Bound | undefined;
  private greatest: Bound | undefined;
  private nulls = 0;
  private readonly physical: Physical;

  constructor(physical: Physical) {
    this.physical = physical;
  }

  take(values: ColumnValues, length: number): void {
    this.nulls += values.nullCount;
    const { isBelow, isComparable, read } = orderOf(this.physical, values);
    let least = -1;
    let greatest = -1;
    for (let row = 0; row < length; row += 1) {
      if (!isPresent(values, row) || !isComparable(row)) continue;
      if (least < 0 || isBelow(row, least)) least = row;
      if (greatest < 0 || isBelow(greatest, row)) greatest = row;
    }
    if (least < 0) return;
    const [low, high] = [read(least), read(greatest)];
    if (this.least === undefined || isLess(low, this.least)) this.least = low;
    if (this.greatest === undefined || isLess(this.greatest, high)) this.greatest = high;
  }

  /** As the end of the file has them. */
  told(): { null_count: bigint; min_value?: Bound; max_value?: Bound } {
    const { least, greatest, nulls } = this;
    const counted = { null_count: BigInt(nulls) };
    if (least === undefined || greatest === undefined) return counted;
    // Either zero may be there: a bound of floating numbers takes in both.
    const isFloating = this.physical === 'DOUBLE';
    return {
      ...counted,
      min_value: isFloating && least === 0 ? -0 : least,
      max_value: isFloating && greatest === 0 ? 0 : greatest,
    };
  }
}

interface Order {
  /** Whether the value of a row is less than that of another. */
  isBelow: (one: number, other: number) => boolean;
  /** NaN has no place among numbers. */
  isComparable: (row: number) => boolean;
  read: (row: number) => Bound;
}

const always = (): boolean => true;

function orderOf(physical: Physical, values: ColumnValues): Order {
  const { numbers, bytes, offsets } = values;
  if (physical === 'FIXED_LEN_BYTE_ARRAY') {
    const read = (row: number): bigint => unscaled(textOf(values, row));
    return { isBelow: (one, other) => read(one) < read(other), isComparable: always, read };
  }
  if (numbers === null) {
    const begin = (row: number): number => offsets[row] ?? 0;
    return {
      isBelow: (one, other) => areBytesBelow(bytes, begin(one), begin(one + 1), begin(other), begin(other + 1)),
      isComparable: always,
      read: (row) => Uint8Array.from(bytes.subarray(begin(row), Math.min(begin(row + 1), begin(row) + keptBytes))),
    };
  }
  if (numbers instanceof BigInt64Array) {
    // By halves: a 64-bit number read on its own would be an object each.
    const high = new Int32Array(numbers.buffer, numbers.byteOffset, numbers.length * 2);
    const low = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length * 2);
    return {
      isBelow: (one, other) => {
        const [first, second] = [high[one * 2 + 1] ?? 0, high[other * 2 + 1] ?? 0];
        return first < second || (first === second && (low[one * 2] ?? 0) < (low[other * 2] ?? 0));
      },
      isComparable: always,
      read: (row) => numbers[row] ?? 0n,
    };
  }
  return {
    isBelow: (one, other) => (numbers[one] ?? 0) < (numbers[other] ?? 0),
    isComparable: (row) => !Number.isNaN(numbers[row]),
    read: (row) => numbers[row] ?? 0,
  };
}

function areBytesBelow(bytes: Buffer, one: number, oneEnd: number, other: number, otherEnd: number): boolean {
  const length = Math.min(oneEnd - one, otherEnd - other);
  for (let at = 0; at < length; at += 1) {
    const difference = (bytes[one + at] ?? 0) - (bytes[other + at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return oneEnd - one < otherEnd - other;
}

function isLess(one: Bound, other: Bound): boolean {
  if (one instanceof Uint8Array && other instanceof Uint8Array) return Buffer.compare(one, other) < 0;
  return one < other;
}
