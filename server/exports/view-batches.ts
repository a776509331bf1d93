import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { batchRows, ColumnBuilder, type ColumnBatch } from './column-batch.js';
import type { TypedColumn } from './typed-column.js';
import { identifier, type View } from './view-catalog.js';

/** The rows of a view out of one statement, so of one moment, a batch at a time; at least one batch, which may be empty. */
export async function* viewBatches(client: pg.PoolClient, view: View, columns: readonly TypedColumn[]): AsyncGenerator<ColumnBatch> {
  const select = columns.map((column) => column.select).join(', ');
  const stream = client.query(copyTo(`copy (select ${select} from analytics.${identifier(view.name)}) to stdout with (format binary)`));
  let rows = new RowTaker(columns);
  let rest: Buffer = Buffer.alloc(0);
  let isFirst = true;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = isFirst ? headLength(rest) : 0;
    if (at < 0) continue;
    isFirst = false;
    for (let next = rows.take(rest, at); next > at; next = rows.take(rest, at)) {
      at = next;
      if (rows.length < batchRows) continue;
      yield rows.batch();
      rows = new RowTaker(columns);
    }
    rest = rest.subarray(at);
  }
  yield rows.batch();
}

class RowTaker {
  length = 0;
  private readonly builders: ColumnBuilder[];

  constructor(columns: readonly TypedColumn[]) {
    this.builders = columns.map((column) => new ColumnBuilder(column));
  }

  /** Takes the row that begins there. Gives where the next one begins, or the same place where the row is not whole or the rows have ended. */
  take(from: Buffer, start: number): number {
    const end = this.endOf(from, start);
    if (end === start) return start;
    let at = start + 2;
    for (const builder of this.builders) {
      const length = from.readInt32BE(at);
      at += 4;
      if (length < 0) builder.none(this.length);
      else {
        builder.field(this.length, from, at, length);
        at += length;
      }
    }
    this.length += 1;
    return end;
  }

  batch(): ColumnBatch {
    return { length: this.length, columns: this.builders.map((builder) => builder.taken(this.length)) };
  }

  private endOf(from: Buffer, start: number): number {
    // The trailer has a field count of -1.
    if (start + 2 > from.length || from.readInt16BE(start) < 0) return start;
    let at = start + 2;
    for (let field = 0; field < this.builders.length; field += 1) {
      if (at + 4 > from.length) return start;
      const length = from.readInt32BE(at);
      at += 4 + Math.max(0, length);
    }
    return at > from.length ? start : at;
  }
}

/** Signature, flags, and an extension that is skipped; -1 while they are not there as a whole. */
function headLength(from: Buffer): number {
  if (from.length < 19) return -1;
  const length = 19 + from.readInt32BE(15);
  return from.length < length ? -1 : length;
}
