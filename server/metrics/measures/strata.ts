import type { Figures } from '../metric.js';

/** Joins columns of the rows of a relation into one text: columns by comma, rows by semicolon in the order of the type. */
export function strataText(columns: readonly string[]): string {
  return `string_agg(concat_ws(',', ${columns.join(', ')}), ';' order by type)`;
}

/** The numbers of such a text, a row each; empty where there are no strata. A column that was null must be written as a number. */
export function strataOf(figures: Figures, name: string): number[][] {
  const text = figures[name];
  if (text === null || text === undefined || text === '') return [];
  return String(text)
    .split(';')
    .map((row) => row.split(',').map(Number));
}
