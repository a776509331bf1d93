import { isPresent, textOf, type ColumnBatch, type ColumnValues } from './column-batch.js';
import { isoDay, isoInstant } from './iso-instant.js';
import type { About, ColumnKind, FileColumn } from './typed-column.js';

/** One object a row and line (https://github.com/ndjson/ndjson-spec). Whole numbers have all their digits; instants are ISO in UTC. */
export async function* ndjsonBytes(
  _about: About,
  columns: readonly FileColumn[],
  batches: AsyncIterable<ColumnBatch>,
): AsyncGenerator<Buffer> {
  for await (const batch of batches)
    yield Buffer.from(
      objects(columns, batch)
        .map((object) => `${object}\n`)
        .join(''),
    );
}

/** One array of objects. */
export async function* jsonBytes(
  _about: About,
  columns: readonly FileColumn[],
  batches: AsyncIterable<ColumnBatch>,
): AsyncGenerator<Buffer> {
  let before = '[\n';
  for await (const batch of batches) {
    if (batch.length === 0) continue;
    yield Buffer.from(before + objects(columns, batch).join(',\n'));
    before = ',\n';
  }
  yield Buffer.from(before === '[\n' ? '[]\n' : '\n]\n');
}

function objects(columns: readonly FileColumn[], { length, columns: values }: ColumnBatch): string[] {
  const cells = values.map((found, index) => cellsOf(columns[index]?.kind ?? 'text', found));
  const names = columns.map(({ name }, index) => `${index === 0 ? '{' : ','}${JSON.stringify(name)}:`);
  return Array.from({ length }, (_, row) => {
    let object = '';
    for (const [index, cell] of cells.entries()) object += (names[index] ?? '') + cell(row);
    return `${object}}`;
  });
}

function cellsOf(kind: ColumnKind, values: ColumnValues): (row: number) => string {
  const write = writerOf(kind, values);
  return (row) => (isPresent(values, row) ? write(row) : 'null');
}

function writerOf(kind: ColumnKind, values: ColumnValues): (row: number) => string {
  const { numbers } = values;
  switch (kind) {
    case 'boolean':
      return (row) => (numbers?.[row] === 1 ? 'true' : 'false');
    case 'int32':
    case 'int64':
      return (row) => String(numbers?.[row]);
    case 'float64':
      // JSON has no NaN and no infinity.
      return (row) => (Number.isFinite(numbers?.[row]) ? String(numbers?.[row]) : `"${numbers?.[row]}"`);
    case 'instant':
      return (row) => `"${isoInstant(BigInt(numbers?.[row] ?? 0))}"`;
    case 'date':
      return (row) => `"${isoDay(Number(numbers?.[row]))}"`;
    case 'decimal':
      return (row) => textOf(values, row);
    case 'text':
      return (row) => JSON.stringify(textOf(values, row));
  }
}
