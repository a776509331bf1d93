import { reasonOf } from '../../error-code.js';
import type { CursorKind } from './cursor.js';
import type { Server } from './payload.js';

/** One column of the query. `kind`: what it would be as a cursor; null: it cannot be one. */
export interface Column {
  name: string;
  kind: CursorKind | null;
  /** As the database names it. */
  type: string;
}

/** Rows from a value of the cursor column on, that value among them. Rows without a value always come. */
export interface Bound {
  column: Column;
  from: string | null;
}

/** A database that is open for one reading: read-only, in one snapshot. Every value comes as text, what is null as the empty text. */
export interface SourceDatabase {
  /** Name, version and how it is reached, for people. */
  readonly about: string;
  columns(): Promise<Column[]>;
  /** The clock of the database, ISO. */
  now(): Promise<string>;
  /** In the order of the cursor column, fetched as they are used. */
  rows(bound: Bound | null): AsyncIterable<string[][]>;
  /** What the role may do besides reading, in words; empty: nothing. */
  writes(): Promise<string[]>;
  /** Whether an index begins with the column; null: it is computed, so none can be told. */
  isIndexed(column: string): Promise<boolean | null>;
  close(): Promise<void>;
}

/** What a driver needs to open a database. `address`: the IP address that was checked, in place of the name. */
export interface Opening {
  server: Server;
  address: string;
  password: string;
  tls: { rejectUnauthorized: boolean; ca?: string } | null;
  query: string;
  timeoutMs: number;
}

/** What a database said, without the full stop it may end with. */
export function saidBy(cause: unknown): string {
  return reasonOf(cause).replace(/\.$/, '');
}
