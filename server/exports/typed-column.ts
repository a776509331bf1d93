import pg from 'pg';
import { Refusal } from '../refusal.js';
import type { ViewColumn } from './view-catalog.js';

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

/** A column as Postgres sends it, and of the files it goes to. */
export interface SentColumn extends FileColumn {
  /** As Postgres names it. */
  type: string;
}

/** A column of a view. */
export interface TypedColumn extends ViewColumn, SentColumn {
  /** Makes Postgres send the value as it is read here. */
  select: string;
}

/** Whether a value of the type is read in binary; all others are sent as text. */
export function isBinary(type: string): boolean {
  return type === 'uuid' || (kindOf(type) !== undefined && type !== 'real' && type !== 'numeric');
}

/** Of a decimal with more digits, or more after the point than in all, typed files have none: it is text there. */
const mostDigits = 38;

export function typedColumn(column: ViewColumn): TypedColumn {
  const name = pg.escapeIdentifier(column.name);
  const select = isBinary(column.type) || column.type === 'text' ? name : `${name}::text`;
  return { ...column, select, ...keptAs(column.type) };
}

/** What files make of a type of Postgres. */
export function keptAs(type: string): Pick<FileColumn, 'kind' | 'digits'> {
  const kind = kindOf(type);
  if (kind !== undefined) return { kind, digits: null };
  const [, precision = '', scale = '0'] = /^numeric\((\d+)(?:,(\d+))?\)$/.exec(type) ?? [];
  if (precision !== '' && Number(precision) <= mostDigits && Number(scale) <= Number(precision))
    return { kind: 'decimal', digits: { precision: Number(precision), scale: Number(scale) } };
  return { kind: type.startsWith('numeric(') ? 'decimal' : 'text', digits: null };
}

function kindOf(type: string): ColumnKind | undefined {
  // An instant of fewer digits is one all the same.
  return kinds.get(type.replace(/^timestamp\(\d\)/, 'timestamp'));
}

const kinds = new Map<string, ColumnKind>([
  ['timestamp with time zone', 'instant'],
  ['date', 'date'],
  ['bigint', 'int64'],
  ['integer', 'int32'],
  ['smallint', 'int32'],
  ['double precision', 'float64'],
  // Its shortest decimal, as every other file shows it: the nearest double of 0.1 as real is 0.10000000149.
  ['real', 'float64'],
  ['boolean', 'boolean'],
  ['numeric', 'decimal'],
]);

/** A file of typed columns keeps it as text: a text, or a decimal of no fixed number of digits. */
export function isKeptAsText({ kind, digits }: Pick<FileColumn, 'kind' | 'digits'>): boolean {
  return kind === 'text' || (kind === 'decimal' && digits === null);
}

/** `12.50` with two digits after the point is 1250. Throws a `Refusal` for NaN, which a decimal of Postgres may be. */
export function unscaled(text: string): bigint {
  try {
    return BigInt(text.replace('.', ''));
  } catch {
    const message = `A decimal is ${text}, which none of Arrow and Parquet can be; cast the column to double precision, or give null in its place.`;
    throw new Refusal(message);
  }
}
