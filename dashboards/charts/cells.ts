import { missing, type Formatter } from '../format.js';
import { withoutIsolation } from '../i18n/isolated.js';
import type { Grain, Unit } from '../metric-result.js';

/**
 * What a cell of a table says to a program, and what it is sorted by: a number in its unit, a local date, the ends of an interval, a
 * text; null where there is nothing.
 */
export type PlainCell = string | number | [low: number, high: number] | null;

/** A text is the same for readers and programs. */
export type TableCell = string | { text: string; plain: PlainCell };

type Value = number | null | undefined;

/** Cells as readers of the language read them. */
export function cellsIn(format: Formatter) {
  const interval = (low: Value, high: Value, unit: Unit): TableCell =>
    low == null || high == null
      ? { text: missing, plain: null }
      : { text: `${format.value(low, unit)} … ${format.value(high, unit)}`, plain: [low, high] };
  return {
    value: (value: Value, unit: Unit): TableCell => ({ text: format.value(value, unit), plain: value ?? null }),
    count: (n: number): TableCell => ({ text: format.count(n), plain: n }),
    duration: (seconds: number): TableCell => ({ text: format.duration(seconds), plain: seconds }),
    difference: (value: number, unit: Unit): TableCell => ({ text: format.difference(value, unit), plain: value }),
    bucket: (bucket: string, grain: Grain): TableCell => ({ text: format.bucket(bucket, grain), plain: bucket }),
    date: (localDate: string): TableCell => ({ text: format.date(localDate), plain: localDate }),
    interval,
    /** Of a column whose numbers have a unit that their cells do not tell programs. */
    head: (text: string, unit: Unit): TableCell => ({ text, plain: unit === 'n' ? text : `${text} (${unit})` }),
  };
}

export function textOf(cell: TableCell): string {
  return typeof cell === 'string' ? cell : cell.text;
}

export function plainOf(cell: TableCell): PlainCell {
  const plain = typeof cell === 'string' ? cell || null : cell.plain;
  return typeof plain === 'string' ? withoutIsolation(plain) : plain;
}
