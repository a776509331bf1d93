import type { ViewFormat } from '../exports/formats.js';

/** What the server tells the process that runs a query. */
export type ChildOrder = { kind: 'run'; job: ChildJob } | { kind: 'more' } | { kind: 'cancel' };

export interface ChildJob {
  /** Of the database, with the login of whoever asks. */
  address: string;
  /** Digits: nothing that somebody wrote. */
  application: string;
  text: string;
  /** Numbers of the types of the parameters, and their values. */
  types: number[];
  values: (string | null)[];
  /** Its plan is wanted, not its rows. */
  isPlan: boolean;
  milliseconds: number;
  mostRows: number;
  mostBytes: number;
  /** Fetched at once. */
  batchRows: number;
  /** What the rows are written to; null: they are told as they come. */
  file: { format: ViewFormat; isRaw: boolean } | null;
  /** PostgreSQL 17 and later. */
  hasTransactionTimeout: boolean;
}

/** What that process answers. */
export type ChildAnswer =
  | { kind: 'columns'; columns: ChildColumn[] }
  /** As the protocol has them, one after the other: the number of fields, then length and bytes of each. */
  | { kind: 'rows'; count: number; rows: Uint8Array }
  /** `written`: bytes of the file, which come on a way of their own; of an answer that was cut there is none. */
  | { kind: 'end'; rows: number; bytes: number; cutAt: 'rows' | 'bytes' | null; written: number }
  | { kind: 'plan'; json: string }
  /** `isRefusal`: of a value, or of so many rows, there can be no such file. */
  | { kind: 'error'; message: string; sqlState: string | null; position: number | null; isRefusal: boolean };

export interface ChildColumn {
  name: string;
  oid: number;
  modifier: number;
  /** As Postgres names it. */
  type: string;
}
