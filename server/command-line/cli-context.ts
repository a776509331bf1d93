import type pg from 'pg';
import type { Config } from '../config.js';
import type { ProgramRights } from '../database/least-rights.js';
import type { MetricEngine } from '../metrics/engine.js';

/** What a command of the command line works with. */
export interface CliContext {
  /** As the login that serves the page and the API. */
  pool: pg.Pool;
  /** As the login that reads tools and derives facts. */
  etlPool: pg.Pool;
  rights: ProgramRights;
  /** Of the same database with the login of its administrator, for `administer`. */
  databaseUrl: string;
  config: Config;
  /** Opened at the first call, closed when the command ends. */
  engine: () => Promise<MetricEngine>;
  /** Stops at Ctrl-C and SIGTERM. */
  signal: AbortSignal;
  /** The command's answer, on standard output: text as it is, anything else as JSON. */
  print: (value: unknown) => void;
  /** Progress and remarks, on standard error. */
  note: (line: string) => void;
  /** Exit code of a command that ran, but whose answer is not "all well". */
  exitWith: (code: number) => void;
}

/** Opens the database, runs the action, closes everything. Errors end as one line on standard error and exit code 1. */
export type WithContext = (action: (context: CliContext) => Promise<void>) => Promise<void>;
