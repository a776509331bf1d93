import { ColumnBuilder, type ColumnBatch } from '../exports/column-batch.js';
import { typedColumn, type FileColumn } from '../exports/typed-column.js';
import type { ChildColumn } from './child-messages.js';

/** A column of the answer, as files keep it. */
export interface QueryRunColumn extends FileColumn {
  /** As Postgres names it. */
  type: string;
}

/** The columns in their order; where two have the same name, the later ones are numbered, because a file wants them apart. */
export function queryColumns(columns: readonly ChildColumn[]): QueryRunColumn[] {
  const taken = new Set<string>();
  return columns.map(({ name, type }) => {
    let own = name;
    for (let n = 2; taken.has(own); n += 1) own = `${name}_${n}`;
    taken.add(own);
    const { kind, digits } = typedColumn({ name: own, type, comment: '' });
    return { name: own, type, comment: '', kind, digits };
  });
}

/** Rows as they came, column by column. */
export function columnBatch(columns: readonly QueryRunColumn[], count: number, rows: Buffer): ColumnBatch {
  const fields = columns.map((column) => ({ builder: new ColumnBuilder(column), widen: widening[column.type] }));
  let at = 0;
  for (let row = 0; row < count; row += 1) {
    at += 2;
    for (const { builder, widen } of fields) {
      const length = rows.readInt32BE(at);
      at += 4;
      if (length < 0) builder.none(row);
      else if (widen) {
        const wide = widen(rows.subarray(at, at + length));
        builder.field(row, wide, 0, wide.length);
      } else builder.field(row, rows, at, length);
      at += Math.max(0, length);
    }
  }
  return { length: count, columns: fields.map(({ builder }) => builder.taken(count)) };
}

/** Of the types whose files keep a wider one. */
const widening: Partial<Record<string, (bytes: Buffer) => Buffer>> = {
  smallint(bytes) {
    const wide = Buffer.alloc(4);
    wide.writeInt32BE(bytes.readInt16BE(0));
    return wide;
  },
  // Comes as text: its shortest decimal, as it is shown everywhere.
  real(bytes) {
    const wide = Buffer.alloc(8);
    wide.writeDoubleBE(Number(bytes.toString('latin1')));
    return wide;
  },
};
