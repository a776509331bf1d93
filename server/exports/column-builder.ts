import { Refusal } from '../refusal.js';
import { batchRows, halvesOf, type ColumnValues } from './column-batch.js';
import { int32 } from './int32.js';
import { copyBytes } from './short-copy.js';
import type { ColumnKind, SentColumn } from './typed-column.js';

/** Texts of a batch may be as much longer than those of the one before without being moved. */
const likelyMore = 1.1;

/** Takes the fields of one column as Postgres sends them, in binary where `isBinary` says so. */
export class ColumnBuilder {
  private readonly column: SentColumn;
  private readonly form: string;
  private readonly present = new Uint8Array(batchRows / 8);
  private readonly numbers: ColumnValues['numbers'];
  /** Of 64-bit numbers. */
  private readonly halves: Int32Array;
  private readonly offsets: Int32Array;
  private bytes: Buffer;
  private nullCount = 0;

  /** `textBytes`: as many as its texts will likely take; more find room too. */
  constructor(column: SentColumn, textBytes = batchRows * 16) {
    this.column = column;
    this.form = column.type === 'smallint' || column.type === 'real' || column.type === 'uuid' ? column.type : column.kind;
    this.numbers = arrayOf(column.kind);
    this.halves = this.numbers instanceof BigInt64Array ? halvesOf(this.numbers) : new Int32Array(0);
    this.offsets = new Int32Array(this.numbers === null ? batchRows + 1 : 0);
    this.bytes = Buffer.allocUnsafe(this.numbers === null ? Math.ceil(textBytes * likelyMore) : 0);
  }

  none(row: number): void {
    this.nullCount += 1;
    if (this.numbers === null) this.offsets[row + 1] = this.offsets[row] ?? 0;
  }

  field(row: number, from: Buffer, start: number, length: number): void {
    this.present[row >> 3] = (this.present[row >> 3] ?? 0) | (1 << (row & 7));
    switch (this.form) {
      case 'int32':
        this.put(row, int32(from, start));
        break;
      case 'int64':
        this.halves[row * 2] = int32(from, start + 4);
        this.halves[row * 2 + 1] = int32(from, start);
        break;
      case 'instant':
        this.instant(row, int32(from, start), int32(from, start + 4));
        break;
      case 'boolean':
        this.put(row, from[start] ?? 0);
        break;
      case 'date':
        this.day(row, int32(from, start));
        break;
      case 'float64':
        this.put(row, from.readDoubleBE(start));
        break;
      case 'smallint':
        this.put(row, from.readInt16BE(start));
        break;
      case 'real':
        this.put(row, Number(from.toString('latin1', start, start + length)));
        break;
      case 'uuid':
        this.uuid(row, from, start);
        break;
      default:
        this.text(row, from, start, length);
    }
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

  private put(row: number, value: number): void {
    (this.numbers as Int32Array | Float64Array)[row] = value;
  }

  private day(row: number, days: number): void {
    if (days === least || days > lastDay - epochDays) throw this.endless('a day');
    this.put(row, days + epochDays);
  }

  private instant(row: number, high: number, low: number): void {
    const lower = (low >>> 0) + epochLow;
    const carry = lower > 0xffff_ffff ? 1 : 0;
    const higher = high + epochHigh + carry;
    if (higher >= endHigh || (high === least && low === 0)) throw this.endless('an instant');
    this.halves[row * 2] = lower | 0;
    this.halves[row * 2 + 1] = higher;
  }

  private text(row: number, from: Buffer, start: number, length: number): void {
    const begin = this.room(row, length);
    copyBytes(from, start, start + length, this.bytes, begin);
  }

  private uuid(row: number, from: Buffer, start: number): void {
    let at = this.room(row, 36);
    const { bytes } = this;
    for (let index = 0; index < 16; index += 1) {
      if (index === 4 || index === 6 || index === 8 || index === 10) bytes[at++] = 0x2d;
      const byte = from[start + index] ?? 0;
      bytes[at++] = hexDigits[byte >> 4] ?? 0;
      bytes[at++] = hexDigits[byte & 15] ?? 0;
    }
  }

  /** Where the bytes of a row begin, of which there are so many. */
  private room(row: number, length: number): number {
    const begin = this.offsets[row] ?? 0;
    const end = begin + length;
    if (end > this.bytes.length) {
      const longer = Buffer.allocUnsafe(Math.max(end, this.bytes.length * 2));
      this.bytes.copy(longer, 0, 0, begin);
      this.bytes = longer;
    }
    this.offsets[row + 1] = end;
    return begin;
  }

  private endless(what: string): Refusal {
    return new Refusal(`Column "${this.column.name}" holds ${what} that never comes or is too late for any file; give null in its place.`);
  }
}

/** Postgres counts from 2000-01-01: in days, and in microseconds 946,684,800,000,000, by halves of 32 bits. */
const epochDays = 10_957;
const epochHigh = Math.floor(946_684_800_000_000 / 2 ** 32);
const epochLow = 946_684_800_000_000 % 2 ** 32;

/** What has no begin; and the year 275760, after which no JavaScript, spreadsheet or notebook tells the day. */
const least = -0x8000_0000;
const lastDay = 100_000_000;
const endHigh = Math.floor((lastDay * 86_400_000_000) / 2 ** 32);

const hexDigits = Buffer.from('0123456789abcdef');

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
