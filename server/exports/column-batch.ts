import type { ColumnKind, FileColumn } from './typed-column.js';

/** Rows of one batch: enough to make it worth its head, few enough that memory stays flat. */
export const batchRows = 8_192;

/** The values of one column in one batch. */
export interface ColumnValues {
  /** A bit for each row, the lowest first; set where there is a value. */
  present: Uint8Array;
  nullCount: number;
  /** Whole numbers, instants, days and floating numbers by row; null for texts and decimals. Booleans are 0 and 1. */
  numbers: Int32Array | BigInt64Array | Float64Array | null;
  /** Of texts and decimals: where each begins in `bytes`, and where the last ends. */
  offsets: Int32Array;
  bytes: Buffer;
}

/** Some rows, column by column. */
export interface ColumnBatch {
  length: number;
  columns: ColumnValues[];
}

/** Takes the fields of one column as Postgres sends them in binary. https://www.postgresql.org/docs/current/sql-copy.html */
export class ColumnBuilder {
  private readonly present = new Uint8Array(batchRows / 8);
  private readonly numbers: ColumnValues['numbers'];
  private readonly offsets: Int32Array;
  private bytes: Buffer;
  private nullCount = 0;

  constructor(private readonly column: FileColumn) {
    this.numbers = arrayOf(column.kind);
    this.offsets = new Int32Array(this.numbers === null ? batchRows + 1 : 0);
    this.bytes = Buffer.allocUnsafe(this.numbers === null ? batchRows * 16 : 0);
  }

  none(row: number): void {
    this.nullCount += 1;
    if (this.numbers === null) this.offsets[row + 1] = this.offsets[row] ?? 0;
  }

  field(row: number, from: Buffer, start: number, length: number): void {
    this.present[row >> 3] = (this.present[row >> 3] ?? 0) | (1 << (row & 7));
    const { numbers } = this;
    if (numbers === null) this.text(row, from, start, length);
    else if (numbers instanceof BigInt64Array) numbers[row] = this.wide(from.readBigInt64BE(start));
    else if (numbers instanceof Float64Array) numbers[row] = from.readDoubleBE(start);
    else numbers[row] = this.column.kind === 'boolean' ? (from[start] ?? 0) : this.narrow(from.readInt32BE(start));
  }

  /** What was taken so far, of so many rows. */
  taken(length: number): ColumnValues {
    const { present, nullCount, numbers, offsets, bytes } = this;
    return {
      present: present.subarray(0, Math.ceil(length / 8)),
      nullCount,
      numbers: numbers === null ? null : numbers.subarray(0, length),
      offsets: offsets.subarray(0, length + 1),
      bytes: bytes.subarray(0, offsets[length] ?? 0),
    };
  }

  private text(row: number, from: Buffer, start: number, length: number): void {
    const begin = this.offsets[row] ?? 0;
    const end = begin + length;
    if (end > this.bytes.length) {
      const longer = Buffer.allocUnsafe(Math.max(end, this.bytes.length * 2));
      this.bytes.copy(longer, 0, 0, begin);
      this.bytes = longer;
    }
    from.copy(this.bytes, begin, start, start + length);
    this.offsets[row + 1] = end;
  }

  private wide(value: bigint): bigint {
    if (this.column.kind !== 'instant') return value;
    if (value === endless || value === -endless - 1n)
      throw new Error(`Column "${this.column.name}" holds an infinite instant, which no file can; the view must give null instead.`);
    return value + epochMicroseconds;
  }

  private narrow(value: number): number {
    return this.column.kind === 'date' ? value + epochDays : value;
  }
}

/** Postgres counts from 2000-01-01. */
const epochDays = 10_957;
const epochMicroseconds = 946_684_800_000_000n;
const endless = 2n ** 63n - 1n;

function arrayOf(kind: ColumnKind): ColumnValues['numbers'] {
  switch (kind) {
    case 'int32':
    case 'date':
    case 'boolean':
      return new Int32Array(batchRows);
    case 'int64':
    case 'instant':
      return new BigInt64Array(batchRows);
    case 'float64':
      return new Float64Array(batchRows);
    case 'text':
    case 'decimal':
      return null;
  }
}

export function isPresent({ present }: ColumnValues, row: number): boolean {
  return ((present[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;
}

/** The text of a row that has one. */
export function textOf({ bytes, offsets }: ColumnValues, row: number): string {
  return bytes.toString('utf8', offsets[row], offsets[row + 1]);
}
