import type { ByteSink } from './byte-sink.js';
import { halvesOf, type ColumnValues } from './column-batch.js';
import { putDay, putInstant } from './time-bytes.js';
import type { ColumnKind } from './typed-column.js';

/** How a kind of text file writes what is not a number. */
export interface TextCells {
  text: (sink: ByteSink, values: ColumnValues, row: number) => void;
  /** Around instants, days, NaN and infinities. */
  quote: '"' | '';
}

type CellWriter = (sink: ByteSink, row: number) => void;

/** Writes the values of a column that are there, the same digits in every kind of text file. */
export function cellWriter(kind: ColumnKind, values: ColumnValues, { text, quote }: TextCells): CellWriter {
  const { numbers } = values;
  if (numbers === null) return kind === 'decimal' ? decimalWriter(values, quote) : (sink, row) => text(sink, values, row);
  if (numbers instanceof BigInt64Array) {
    const halves = halvesOf(numbers);
    if (kind === 'instant') return quoted(quote, (sink, row) => putInstant(sink, halves[row * 2] ?? 0, halves[row * 2 + 1] ?? 0));
    return (sink, row) => {
      const value = (halves[row * 2 + 1] ?? 0) * 2 ** 32 + ((halves[row * 2] ?? 0) >>> 0);
      if (Number.isSafeInteger(value)) sink.whole(value);
      else sink.ascii(String(numbers[row]));
    };
  }
  switch (kind) {
    case 'boolean':
      return (sink, row) => sink.ascii(numbers[row] === 1 ? 'true' : 'false');
    case 'date':
      return quoted(quote, (sink, row) => putDay(sink, numbers[row] ?? 0));
    default:
      return numberWriter(numbers, quote);
  }
}

function numberWriter(numbers: Int32Array | Float64Array, quote: TextCells['quote']): CellWriter {
  const word = quoted(quote, (sink, row) => sink.ascii(String(numbers[row])));
  return (sink, row) => {
    const value = numbers[row] ?? 0;
    if (Number.isSafeInteger(value)) sink.whole(value);
    else if (Number.isFinite(value)) sink.ascii(String(value));
    else word(sink, row);
  };
}

function decimalWriter(values: ColumnValues, quote: TextCells['quote']): CellWriter {
  const { bytes, offsets } = values;
  const put = (sink: ByteSink, row: number) => sink.copy(bytes, offsets[row] ?? 0, offsets[row + 1] ?? 0);
  const word = quoted(quote, put);
  return (sink, row) => (isDigit(bytes[(offsets[row + 1] ?? 0) - 1] ?? 0) ? put(sink, row) : word(sink, row));
}

function quoted(quote: TextCells['quote'], put: CellWriter): CellWriter {
  if (quote === '') return put;
  return (sink, row) => {
    sink.byte(0x22);
    put(sink, row);
    sink.byte(0x22);
  };
}

/** A decimal of Postgres may be NaN or an infinity, too. */
export function isDigits(decimal: string): boolean {
  return isDigit(decimal.charCodeAt(decimal.length - 1));
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
