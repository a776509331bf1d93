import type { QueryCell as Cell, QueryColumn as Column } from '#server/api.js';
import { plainText } from '../plain-cells.js';
import { orderOf } from '../tables/order.js';

/** Counted with. */
export function isNumber({ kind }: Column): boolean {
  return kind === 'integer' || kind === 'number';
}

export function isTime({ kind }: Column): boolean {
  return kind === 'instant' || kind === 'date';
}

export function cellText(cell: Cell | undefined): string {
  return cell === null || cell === undefined ? 'null' : String(cell);
}

/** Rows in the order of one column, those without a value last. Numbers by size, everything else by its text; equals stay in order. */
export function sorted(rows: readonly (readonly Cell[])[], at: number, column: Column, isDescending: boolean): number[] {
  const bySize = isNumber(column);
  const keys = rows.map((row) => {
    const cell = row[at];
    if (cell === null || cell === undefined) return null;
    return bySize ? Number(cell) : String(cell);
  });
  return orderOf(keys, isDescending, (one, other) => (one < other ? -1 : one > other ? 1 : 0));
}

/** Seconds on the clock the text shows, for a time axis; null where it is no time in the calendar. */
export function clockSeconds(cell: Cell): number | null {
  const [, date, time = '00:00:00'] = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2})?))?/.exec(String(cell)) ?? [];
  const at = date === undefined ? NaN : Date.parse(`${date}T${time}Z`);
  return Number.isNaN(at) ? null : at / 1_000;
}

/**
 * Cells between tabs, which spreadsheets take from the clipboard: one cell as it is, several safe to paste, with the names of the
 * columns where `names` are given.
 */
export function tabSeparated(rows: readonly (readonly Cell[])[], columns: readonly Column[], names: boolean): string {
  const [only] = rows;
  if (rows.length === 1 && only?.length === 1 && !names) return only[0] === null ? '' : String(only[0]);
  const lines = rows.map((row) => row.map((cell, at) => safe(cell, columns[at])).join('\t'));
  return [...(names ? [columns.map(({ name }) => safe(name, undefined)).join('\t')] : []), ...lines].join('\n');
}

function safe(cell: Cell, column: Column | undefined): string {
  if (cell === null) return '';
  const isText = column === undefined || column.kind === 'text';
  return isText ? plainText(String(cell)) : String(cell);
}
