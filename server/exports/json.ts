import { ByteSink } from './byte-sink.js';
import { isPresent, textOf, type ColumnBatch, type ColumnValues } from './column-batch.js';
import { cellWriter, type TextCells } from './text-cells.js';
import type { About, FileColumn } from './typed-column.js';

/** One object a row and line (https://github.com/ndjson/ndjson-spec). Whole numbers have all their digits; instants are ISO in UTC. */
export async function* ndjsonBytes(
  _about: About,
  columns: readonly FileColumn[],
  batches: AsyncIterable<ColumnBatch>,
): AsyncGenerator<Buffer> {
  const sink = new ByteSink();
  for await (const batch of batches) {
    const write = objectWriter(columns, batch);
    for (let row = 0; row < batch.length; row += 1) {
      write(sink, row);
      sink.byte(lineFeed);
    }
    yield sink.taken();
  }
}

/** One array of objects. */
export async function* jsonBytes(
  _about: About,
  columns: readonly FileColumn[],
  batches: AsyncIterable<ColumnBatch>,
): AsyncGenerator<Buffer> {
  const sink = new ByteSink();
  let before = '[\n';
  for await (const batch of batches) {
    const write = objectWriter(columns, batch);
    for (let row = 0; row < batch.length; row += 1) {
      sink.ascii(before);
      before = ',\n';
      write(sink, row);
    }
    yield sink.taken();
  }
  yield Buffer.from(before === '[\n' ? '[]\n' : '\n]\n');
}

function objectWriter(columns: readonly FileColumn[], { columns: values }: ColumnBatch): (sink: ByteSink, row: number) => void {
  const cells = values.map((found, index) => ({
    found,
    name: Buffer.from(`${index === 0 ? '{' : ','}${JSON.stringify(columns[index]?.name)}:`),
    write: cellWriter(columns[index]?.kind ?? 'text', found, jsonCells),
  }));
  return (sink, row) => {
    for (const { found, name, write } of cells) {
      sink.copy(name, 0, name.length);
      if (isPresent(found, row)) write(sink, row);
      else sink.ascii('null');
    }
    sink.ascii('}');
  };
}

const lineFeed = 0x0a;
const quote = 0x22;
const backslash = 0x5c;

const jsonCells: TextCells = {
  text(sink, values, row) {
    const { bytes, offsets } = values;
    const [start, end] = [offsets[row] ?? 0, offsets[row + 1] ?? 0];
    if (isPlain(values, start, end)) {
      sink.byte(quote);
      sink.copy(bytes, start, end);
      sink.byte(quote);
    } else sink.text(JSON.stringify(textOf(values, row)));
  },
  // JSON has no NaN and no infinity.
  quote: '"',
};

/** Nothing in it has a meaning in a JSON text: it goes over as it is. */
function isPlain({ bytes }: ColumnValues, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const code = bytes[at] ?? 0;
    if (code < 0x20 || code === quote || code === backslash) return false;
  }
  return true;
}
