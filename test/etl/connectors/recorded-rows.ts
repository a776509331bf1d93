import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

/** Answers of a tool as DevLake recorded them: the column `data` of a table holds one JSON document a row. */
export function recordedRows(path: string): unknown[] {
  const rows: Record<string, string>[] = parse(readFileSync(path), { columns: true });
  return rows.map(({ data = 'null' }) => JSON.parse(data) as unknown);
}

/** Rows that DevLake expects of its recordings, by column. */
export function expectedRows(path: string): Record<string, string>[] {
  return parse(readFileSync(path), { columns: true });
}
