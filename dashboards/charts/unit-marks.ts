import type { UnitResult, UnitRow } from '../unit-result.js';
import type { TableCell } from './cells.js';
import type { Sketch } from './drawing.js';

/** Marks that stand for one item each. */

/** With more marks than this the table is the better reading, so they are not read out one by one. */
const mostReadOut = 200;

const longestName = 60;

/** Title and id of an item, the title cut where it is long. */
export function itemName({ externalId, title }: UnitRow): string {
  if (title === null) return externalId;
  const letters = [...title];
  return `${letters.length > longestName ? `${letters.slice(0, longestName - 1).join('')}…` : title} (${externalId})`;
}

/** What a unit tells, as a number; null where it has none. */
export function toldNumber(values: UnitRow['tells'], name: string): number | null {
  const value = values[name];
  return typeof value === 'number' ? value : null;
}

/** Says that not all are drawn; null where all are. */
export function sampleNote({ rows, total }: UnitResult, { say, format }: Sketch): string | null {
  if (rows.length >= total) return null;
  return say('summary.sample', { shown: format.count(rows.length), all: format.count(total) });
}

/** The same as the last line of a table with so many columns. */
export function sampleLines({ rows, total }: UnitResult, columns: number, { say, format }: Sketch): TableCell[][] {
  if (rows.length >= total) return [];
  const note = say('summary.sample.row', { shown: format.count(rows.length), all: format.count(total) });
  return [[{ text: note, plain: null }, ...Array.from({ length: columns - 1 }, () => '')]];
}

/** The layer that takes pointer and keyboard, over marks with `item`. */
export function unitLayer(name: string, marks: number, encoding: Record<string, unknown>): Record<string, unknown> {
  return {
    name,
    transform: [{ filter: 'isValid(datum.item)' }],
    mark: {
      type: 'point',
      shape: 'circle',
      filled: true,
      size: marks > mostReadOut ? 110 : 420,
      opacity: 0,
      cursor: 'pointer',
      aria: marks <= mostReadOut,
      invalid: 'filter',
    },
    encoding: { ...encoding, shape: { value: 'circle' }, description: { field: 'text' }, tooltip: { field: 'text' } },
  };
}
