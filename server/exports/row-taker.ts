import { batchBytes, batchRows, type ColumnBatch } from './column-batch.js';
import { ColumnBuilder } from './column-builder.js';
import type { SentColumn } from './typed-column.js';

/**
 * Gathers rows as Postgres sends them to a client and to a binary copy alike: the number of fields, then length and bytes of each.
 * https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export class RowTaker {
  private readonly columns: readonly SentColumn[];
  private builders: ColumnBuilder[];
  private length = 0;
  private bytes = 0;

  constructor(columns: readonly SentColumn[]) {
    this.columns = columns;
    this.builders = builtOf(columns);
  }

  /** There are rows enough for a batch. */
  get isFull(): boolean {
    return this.length === batchRows || this.bytes >= batchBytes;
  }

  get isEmpty(): boolean {
    return this.length === 0;
  }

  /** Takes the row that begins there and is whole. Gives where it ends. */
  take(from: Buffer, start: number): number {
    const { builders, length: row } = this;
    let at = start + 2;
    for (const builder of builders) {
      const length = fieldLength(from, at);
      at += 4;
      if (length < 0) builder.none(row);
      else {
        builder.field(row, from, at, length);
        at += length;
      }
    }
    this.length += 1;
    this.bytes += at - start;
    return at;
  }

  /** What was taken since the last time. */
  batch(): ColumnBatch {
    const { builders, length } = this;
    this.builders = builtOf(this.columns);
    this.length = 0;
    this.bytes = 0;
    return { length, columns: builders.map((builder) => builder.taken(length)) };
  }
}

function builtOf(columns: readonly SentColumn[]): ColumnBuilder[] {
  return columns.map((column) => new ColumnBuilder(column));
}

/** -1: there is no value. */
export function fieldLength(from: Buffer, at: number): number {
  return ((from[at] ?? 0) << 24) | ((from[at + 1] ?? 0) << 16) | ((from[at + 2] ?? 0) << 8) | (from[at + 3] ?? 0);
}
