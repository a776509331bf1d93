import type { ColumnBatch } from '../exports/column-batch.js';
import { RowTaker } from '../exports/row-taker.js';
import { keptAs, type SentColumn } from '../exports/typed-column.js';
import type { ChildColumn } from './child-messages.js';

/** The columns in their order; where two have the same name, the later ones are numbered, because a file wants them apart. */
export function queryColumns(columns: readonly ChildColumn[]): SentColumn[] {
  const taken = new Set<string>();
  return columns.map(({ name, type }) => {
    let own = name;
    for (let n = 2; taken.has(own); n += 1) own = `${name}_${n}`;
    taken.add(own);
    return { name: own, type, comment: '', ...keptAs(type) };
  });
}

/** Rows as they came, column by column. */
export function columnBatch(columns: readonly SentColumn[], count: number, rows: Buffer): ColumnBatch {
  const taker = new RowTaker(columns);
  for (let row = 0, at = 0; row < count; row += 1) at = taker.take(rows, at);
  return taker.batch();
}
