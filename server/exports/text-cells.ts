import type { ByteSink } from './byte-sink.js';
import { textOf, type ColumnValues } from './column-batch.js';
import { isoDay, isoInstant } from './iso-instant.js';
import type { ColumnKind } from './typed-column.js';

/** How a kind of text file writes what is not a number: `text` what is in quotes there or not, `word` the name of a number that is none. */
export interface TextCells {
  text: (sink: ByteSink, values: ColumnValues, row: number) => void;
  /** An instant or a day, ISO. */
  time: (sink: ByteSink, iso: string) => void;
  /** NaN or an infinity. */
  word: (sink: ByteSink, name: string) => void;
}

/** Writes the values of a column that are there, the same digits in every kind of text file. */
export function cellWriter(kind: ColumnKind, values: ColumnValues, { text, time, word }: TextCells): (sink: ByteSink, row: number) => void {
  const { numbers } = values;
  switch (kind) {
    case 'boolean':
      return (sink, row) => sink.ascii(numbers?.[row] === 1 ? 'true' : 'false');
    case 'int32':
    case 'int64':
      return (sink, row) => sink.ascii(String(numbers?.[row]));
    case 'float64':
      return (sink, row) => (Number.isFinite(numbers?.[row]) ? sink.ascii(String(numbers?.[row])) : word(sink, String(numbers?.[row])));
    case 'instant':
      return (sink, row) => time(sink, isoInstant(BigInt(numbers?.[row] ?? 0)));
    case 'date':
      return (sink, row) => time(sink, isoDay(Number(numbers?.[row])));
    case 'decimal':
      return (sink, row) => {
        const digits = textOf(values, row);
        if (isDigits(digits)) sink.ascii(digits);
        else word(sink, digits);
      };
    case 'text':
      return (sink, row) => text(sink, values, row);
  }
}

/** A decimal of Postgres may be NaN or an infinity, too. */
export function isDigits(decimal: string): boolean {
  const last = decimal.charCodeAt(decimal.length - 1);
  return last >= 0x30 && last <= 0x39;
}
