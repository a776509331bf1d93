import { Readable } from 'node:stream';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { formulaStarts } from './formula-starts.js';
import type { View, ViewColumn } from './view-catalog.js';

const guarded = formulaStarts.map((start) => start.codePointAt(0)).join(', ');

/** The view as UTF-8 CSV with a head row, out of one statement, so of one moment. Null is an empty cell; instants are ISO in UTC. */
export function csvStream(client: pg.PoolClient, view: View, isRaw: boolean): Readable {
  return client.query(copyTo(`copy (${csvSelect(view, isRaw)}) to stdout with (format csv, header true, encoding 'UTF8')`));
}

/** What a CSV file shows of a view. */
export function csvSelect(view: View, isRaw: boolean): string {
  const columns = view.columns.map((column) => `${cell(column, isRaw)} as ${pg.escapeIdentifier(column.name)}`);
  return `select ${columns.join(', ')} from analytics.${pg.escapeIdentifier(view.name)}`;
}

function cell(column: ViewColumn, isRaw: boolean): string {
  const name = pg.escapeIdentifier(column.name);
  if (column.type === 'timestamp with time zone') return `to_char(${name} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
  if (column.type === 'boolean') return `${name}::text`;
  if (column.type === 'text' && !isRaw) return `case when ascii(${name}) in (${guarded}) then '''' || ${name} else ${name} end`;
  return name;
}
