import { ByteSink } from './byte-sink.js';
import { isPresent, textOf, type ColumnBatch } from './column-batch.js';
import { csvLine, quotedIfNeeded } from './csv-line.js';
import { withoutFormula } from './formula-starts.js';
import { cellWriter, type TextCells } from './text-cells.js';
import type { FileColumn } from './typed-column.js';

/** UTF-8 CSV with a head row, as Postgres writes that of a view. Null is an empty cell; instants are ISO in UTC. */
export async function* csvBytes(
  columns: readonly FileColumn[],
  batches: AsyncIterable<ColumnBatch>,
  isRaw: boolean,
): AsyncGenerator<Buffer> {
  const sink = new ByteSink();
  sink.text(
    csvLine(
      columns.map(({ name }) => name),
      isRaw,
    ),
  );
  const told = cells(isRaw);
  for await (const { length, columns: values } of batches) {
    const writers = values.map((found, index) => ({ found, write: cellWriter(columns[index]?.kind ?? 'text', found, told) }));
    for (let row = 0; row < length; row += 1) {
      for (const [index, { found, write }] of writers.entries()) {
        if (index > 0) sink.ascii(',');
        if (isPresent(found, row)) write(sink, row);
      }
      sink.ascii('\n');
    }
    yield sink.taken();
  }
}

function cells(isRaw: boolean): TextCells {
  return {
    text(sink, values, row) {
      const text = textOf(values, row);
      sink.text(quotedIfNeeded(isRaw ? text : withoutFormula(text)));
    },
    time: (sink, iso) => sink.ascii(iso),
    word: (sink, name) => sink.ascii(name),
  };
}
