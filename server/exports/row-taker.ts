import { batchBytes, batchRows, type ColumnBatch, type ColumnValues } from './column-batch.js';
import { ColumnBuilder } from './column-builder.js';
import { int32 } from './int32.js';
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
      // -1: there is no value.
      const length = int32(from, at);
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
    const { length } = this;
    const columns = this.builders.map((builder) => builder.taken(length));
    this.builders = builtOf(this.columns, columns);
    this.length = 0;
    this.bytes = 0;
    return { length, columns };
  }
}

/** With as much room for texts as those of the batch before took. */
function builtOf(columns: readonly SentColumn[], before: readonly ColumnValues[] = []): ColumnBuilder[] {
  return columns.map((column, index) => new ColumnBuilder(column, before[index]?.bytes.length));
}
