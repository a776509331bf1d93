import { ByteSink } from './byte-sink.js';
import { isPresent, type ColumnBatch } from './column-batch.js';
import { csvLine } from './csv-line.js';
import { putCsvText } from './csv-text.js';
import { cellWriter, type TextCells } from './text-cells.js';
import type { FileColumn } from './typed-column.js';

const comma = 0x2c;
const lineFeed = 0x0a;

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
  const told: TextCells = { text: (to, values, row) => putCsvText(to, values, row, isRaw), quote: '' };
  for await (const { length, columns: values } of batches) {
    const writers = values.map((found, index) => ({ found, write: cellWriter(columns[index]?.kind ?? 'text', found, told) }));
    for (let row = 0; row < length; row += 1) {
      let isFirst = true;
      for (const { found, write } of writers) {
        if (!isFirst) sink.byte(comma);
        isFirst = false;
        if (isPresent(found, row)) write(sink, row);
      }
      sink.byte(lineFeed);
    }
    yield sink.taken();
  }
}
