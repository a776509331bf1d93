import { withoutFormula } from './formula-starts.js';

/**
 * A line of CSV with its end. Texts that a spreadsheet would run as formulas get an apostrophe in front unless `isRaw`; null is an
 * empty cell, and an empty text a quoted one.
 */
export function csvLine(cells: readonly (string | number | null)[], isRaw = false): string {
  return `${cells.map((cell) => csvCell(cell, isRaw)).join(',')}\n`;
}

function csvCell(cell: string | number | null, isRaw: boolean): string {
  if (cell === null) return '';
  return typeof cell === 'number' ? String(cell) : quotedIfNeeded(isRaw ? cell : withoutFormula(cell));
}

/** As CSV wants a text: quoted where it holds what has a meaning there, or nothing. */
function quotedIfNeeded(text: string): string {
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
