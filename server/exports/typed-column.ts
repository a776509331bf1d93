import { identifier, type ViewColumn } from './view-catalog.js';

/** What a column's values are, whatever the file they go to. */
export type ColumnKind =
  | 'text'
  | 'boolean'
  | 'int32'
  | 'int64'
  | 'float64'
  /** Microseconds since 1970 in UTC. */
  | 'instant'
  /** Days since 1970. */
  | 'date'
  | 'decimal';

/** A cell as Postgres writes it, by the column's `select`. */
export type Cell = string | null;

export interface TypedColumn extends ViewColumn {
  kind: ColumnKind;
  /** Digits in all and after the point; of decimals alone. */
  digits: { precision: number; scale: number } | null;
  /** Gives the value in the unit of its kind. */
  select: string;
}

/** A number with more digits than any file keeps is told as text, whole. */
const mostDigits = 38;

export function typedColumn(column: ViewColumn): TypedColumn {
  const name = identifier(column.name);
  const made = (kind: ColumnKind, select = name, digits: TypedColumn['digits'] = null): TypedColumn => ({
    ...column,
    kind,
    select,
    digits,
  });
  switch (column.type) {
    case 'timestamp with time zone':
      return made('instant', `(extract(epoch from ${name}) * 1000000)::bigint`);
    case 'date':
      return made('date', `(${name} - date '1970-01-01')`);
    case 'bigint':
      return made('int64');
    case 'smallint':
    case 'integer':
      return made('int32');
    case 'real':
    case 'double precision':
      return made('float64');
    case 'boolean':
      return made('boolean');
  }
  const [, precision = '', scale = '0'] = /^numeric\((\d+)(?:,(\d+))?\)$/.exec(column.type) ?? [];
  if (precision !== '' && Number(precision) <= mostDigits)
    return made('decimal', name, { precision: Number(precision), scale: Number(scale) });
  return made('text', `${name}::text`);
}

/** `12.50` with two digits after the point is 1250. */
export function unscaled(text: string): bigint {
  return BigInt(text.replace('.', ''));
}
