/**
 * A backup is text, compressed with Zstandard (`zstd -dc FILE` shows it): a line that names the format, a line of JSON about the whole, and
 * for each table a line of JSON, its rows as COPY writes them as text, and a line `\.`. The last line is JSON with the SHA-256 of
 * everything before it: a file without it is not whole. https://www.postgresql.org/docs/current/sql-copy.html
 */
export const firstLine = 'throughline backup 1';

export interface BackupHead {
  /** Of the program that made it. */
  version: string;
  /** ISO: the moment all of it is of. */
  at: string;
  /** Names of the migrations its tables have gone through, in their order. */
  migrations: string[];
  /** Numbers of the facts go on from here. */
  factsVersion: number;
}

export interface BackupTable {
  /** With its schema, quoted where it must be. */
  table: string;
  columns: string[];
}

export interface BackupEnd {
  sha256: string;
  tables: number;
  rows: number;
}

/**
 * What is kept: what tools told and what people made. Facts are derived from it again; who holds which lease and who is
 * signed in is of the moment, and logins are of a database server.
 */
export const keptSchemas = ['ingest', 'core', 'app'];
export const leftOutTables = ['ingest.lease', 'app.analyst_role', 'app.session', 'app.sign_in_attempt', 'app.welcome_link'];
