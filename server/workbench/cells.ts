import type { QueryCell, QueryColumn } from '../api.js';
import { isPresent, textOf, type ColumnBatch, type ColumnValues } from '../exports/column-batch.js';
import { isoDay, isoInstant } from '../exports/iso-instant.js';
import type { ColumnKind, SentColumn } from '../exports/typed-column.js';

const kinds: Record<ColumnKind, QueryColumn['kind']> = {
  text: 'text',
  boolean: 'boolean',
  int32: 'integer',
  int64: 'integer',
  float64: 'number',
  decimal: 'number',
  instant: 'instant',
  date: 'date',
};

/** A column as the page is told of it. */
export function shownColumn({ name, type, kind }: SentColumn): QueryColumn {
  return { name, type, kind: type === 'numeric' ? 'number' : kinds[kind] };
}

/** The rows of a batch for the page. */
export function cellsOf(columns: readonly SentColumn[], batch: ColumnBatch): QueryCell[][] {
  return Array.from({ length: batch.length }, (_, row) =>
    batch.columns.map((values, index) => (isPresent(values, row) ? cell(columns[index]?.kind ?? 'text', values, row) : null)),
  );
}

function cell(kind: ColumnKind, values: ColumnValues, row: number): QueryCell {
  const number = values.numbers?.[row];
  if (number === undefined) return textOf(values, row);
  if (typeof number === 'bigint') {
    if (kind === 'instant') return isoInstant(number).replace(/\.?0+Z$/, 'Z');
    return Number.isSafeInteger(Number(number)) ? Number(number) : String(number);
  }
  if (kind === 'boolean') return number !== 0;
  if (kind === 'date') return isoDay(number);
  // JSON has no NaN and no infinity.
  return Number.isFinite(number) ? number : String(number);
}
