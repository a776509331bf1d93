/** Rows as an aligned table under the names of the columns; a column without a word is left out. */
export function alignedLines<Row>(
  columns: readonly (readonly [name: string, cell: (row: Row) => string])[],
  rows: readonly Row[],
): string[] {
  const used = columns.filter(([, cell]) => rows.some((row) => cell(row) !== ''));
  const cells = [used.map(([name]) => name), ...rows.map((row) => used.map(([, cell]) => cell(row)))];
  const widths = used.map((_, index) => Math.max(...cells.map((row) => row[index]?.length ?? 0)));
  return cells.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
