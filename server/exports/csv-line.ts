/** What a spreadsheet would run: see `csv.ts`, which says the same to Postgres. */
const formulaStart = /^[=+@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20-]/;

/**
 * A line of CSV with its end. Texts that a spreadsheet would run as formulas get an apostrophe in front; null is an empty cell, and an
 * empty text a quoted one.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(',')}\n`;
}

function csvCell(cell: string | number | null): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = formulaStart.test(cell) ? `'${cell}` : cell;
  return safe === '' || /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
