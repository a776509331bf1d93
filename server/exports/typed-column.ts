import { identifier, type ViewColumn } from './view-catalog.js';

/** What a column's values are, whatever the file they go to. */
export type ColumnKind =
  /** UTF-8. */
  | 'text'
  | 'boolean'
  | 'int32'
  | 'int64'
  | 'float64'
  /** Microseconds since 1970 in UTC. */
  | 'instant'
  /** Days since 1970. */
  | 'date'
  /** Its digits as text. */
  | 'decimal';

/** What is said of a file as a whole, by name; kept in the file where its kind can. */
export type About = Readonly<Record<string, string>>;

/** A column of a file. */
export interface FileColumn {
  name: string;
  comment: string;
  kind: ColumnKind;
  /** Digits in all and after the point; of decimals alone. Null: each has as many as it needs, so Arrow and Parquet keep them as text. */
  digits: { precision: number; scale: number } | null;
}

/** A column of a view, and of the files it goes to. */
export interface TypedColumn extends ViewColumn, FileColumn {
  /** Makes Postgres send the value in the binary form of its kind. */
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
      return made('instant');
    case 'date':
      return made('date');
    case 'bigint':
      return made('int64');
    case 'integer':
      return made('int32');
    case 'smallint':
      return made('int32', `${name}::integer`);
    case 'double precision':
      return made('float64');
    case 'real':
      // Its shortest decimal, as every other file shows it: the nearest double of 0.1 as real is 0.10000000149.
      return made('float64', `${name}::text::double precision`);
    case 'boolean':
      return made('boolean');
    case 'text':
      return made('text');
  }
  if (column.type === 'numeric') return made('decimal', `${name}::text`);
  const [, precision = '', scale = '0'] = /^numeric\((\d+)(?:,(\d+))?\)$/.exec(column.type) ?? [];
  if (precision !== '' && Number(precision) <= mostDigits)
    return made('decimal', `${name}::text`, { precision: Number(precision), scale: Number(scale) });
  return made('text', `${name}::text`);
}

/** A file of typed columns keeps it as text: a text, or a decimal of no fixed number of digits. */
export function isKeptAsText({ kind, digits }: Pick<FileColumn, 'kind' | 'digits'>): boolean {
  return kind === 'text' || (kind === 'decimal' && digits === null);
}

/** `12.50` with two digits after the point is 1250. */
export function unscaled(text: string): bigint {
  return BigInt(text.replace('.', ''));
}
