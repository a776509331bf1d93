import type { Cell, TypedColumn } from './typed-column.js';
import { isoInstant } from './iso-instant.js';

/** One object a row and line (https://github.com/ndjson/ndjson-spec). Whole numbers have all their digits; instants are ISO in UTC. */
export async function* ndjsonBytes(
  _comment: string,
  columns: readonly TypedColumn[],
  batches: AsyncIterable<Cell[][]>,
): AsyncGenerator<Buffer> {
  for await (const rows of batches) yield Buffer.from(rows.map((row) => `${object(columns, row)}\n`).join(''));
}

/** One array of objects. */
export async function* jsonBytes(
  _comment: string,
  columns: readonly TypedColumn[],
  batches: AsyncIterable<Cell[][]>,
): AsyncGenerator<Buffer> {
  let before = '[\n';
  for await (const rows of batches) {
    if (rows.length === 0) continue;
    yield Buffer.from(before + rows.map((row) => object(columns, row)).join(',\n'));
    before = ',\n';
  }
  yield Buffer.from(before === '[\n' ? '[]\n' : '\n]\n');
}

function object(columns: readonly TypedColumn[], row: readonly Cell[]): string {
  return `{${columns.map((column, index) => `${JSON.stringify(column.name)}:${jsonCell(column, row[index] ?? null)}`).join(',')}}`;
}

function jsonCell({ kind }: TypedColumn, cell: Cell): string {
  if (cell === null) return 'null';
  switch (kind) {
    case 'boolean':
      return cell === 't' ? 'true' : 'false';
    case 'int32':
    case 'int64':
    case 'decimal':
      return cell;
    case 'float64':
      // JSON has no such numbers.
      return Number.isFinite(Number(cell)) ? cell : JSON.stringify(cell);
    case 'instant':
      return JSON.stringify(isoInstant(cell));
    case 'date':
      return JSON.stringify(new Date(Number(cell) * 86_400_000).toISOString().slice(0, 10));
    case 'text':
      return JSON.stringify(cell);
  }
}
