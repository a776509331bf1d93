import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { ColumnBatch } from './column-batch.js';
import { int32 } from './int32.js';
import { RowTaker } from './row-taker.js';
import type { TypedColumn } from './typed-column.js';
import type { View } from './view-catalog.js';

/** The rows of a view out of one statement, so of one moment, a batch at a time; at least one batch, which may be empty. */
export async function* viewBatches(client: pg.PoolClient, view: View, columns: readonly TypedColumn[]): AsyncGenerator<ColumnBatch> {
  const select = columns.map((column) => column.select).join(', ');
  const stream = client.query(
    copyTo(`copy (select ${select} from analytics.${pg.escapeIdentifier(view.name)}) to stdout with (format binary)`),
  );
  const rows = new RowTaker(columns);
  let rest: Buffer = Buffer.alloc(0);
  let isFirst = true;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = isFirst ? headLength(rest) : 0;
    if (at < 0) continue;
    isFirst = false;
    while (isWholeRow(rest, at, columns.length)) {
      at = rows.take(rest, at);
      if (rows.isFull) yield rows.batch();
    }
    rest = rest.subarray(at);
  }
  yield rows.batch();
}

/** Whether all of a row is there, and it is one: the trailer has a field count of -1. */
function isWholeRow(from: Buffer, start: number, fields: number): boolean {
  if (start + 2 > from.length || from.readInt16BE(start) < 0) return false;
  let at = start + 2;
  for (let field = 0; field < fields; field += 1) {
    if (at + 4 > from.length) return false;
    at += 4 + Math.max(0, int32(from, at));
  }
  return at <= from.length;
}

/** Signature, flags, and an extension that is skipped; -1 while they are not there as a whole. */
function headLength(from: Buffer): number {
  if (from.length < 19) return -1;
  const length = 19 + from.readInt32BE(15);
  return from.length < length ? -1 : length;
}
