import type { ChildProcess } from 'node:child_process';
import type { QueryError, QueryParameterType } from '../api.js';
import { batchRows, type ColumnBatch } from '../exports/column-batch.js';
import type { ChildAnswer, ChildJob } from './child-messages.js';
import { giveBack, takeChild } from './children.js';
import { columnBatch, queryColumns, type QueryRunColumn } from './query-columns.js';
import { headLengths } from './session.js';

export type { QueryRunColumn } from './query-columns.js';

/** How far a query may go. */
export interface RunLimits {
  rows: number;
  /** As they come from the database. */
  bytes: number;
  milliseconds: number;
}

export const pageLimits: RunLimits = { rows: 100_000, bytes: 64 * 2 ** 20, milliseconds: 30_000 };
export const exportLimits: RunLimits = { rows: 5_000_000, bytes: 2 * 2 ** 30, milliseconds: 600_000 };

/** Rows of a batch for the page, so that the first ones come soon. */
export const pageBatchRows = 1_000;

export interface QueryRequest {
  text: string;
  /** Of `$1`, `$2`, ….  */
  parameters: readonly { type: QueryParameterType; value: string | null }[];
}

/** Where a query runs, and for whom. */
export interface Login {
  /** Address of the database with the analyst's login. */
  address: string;
  /** PostgreSQL's `server_version_num`. */
  serverNumber: number;
  /** Digits: what the server calls the session. */
  application: string;
}

export interface RunEnd {
  rows: number;
  bytes: number;
  milliseconds: number;
  /** Which limit cut it short; null: it is whole. */
  cutAt: 'rows' | 'bytes' | null;
}

/** A query that runs: its columns are known. */
export interface QueryRun {
  columns: QueryRunColumn[];
  /** Taken once. Throws `QueryFailure` where the query fails on the way; who stops taking ends the query. */
  batches: AsyncIterable<ColumnBatch>;
  /** Known once all batches are taken. */
  end(): RunEnd | null;
}

/** Why there is no answer, or no whole one, as the asker may be told. */
export class QueryFailure extends Error {
  constructor(readonly told: QueryError) {
    super(told.message);
    this.name = 'QueryFailure';
  }
}

/** Numbers of the types that parameters are bound as. */
const typeNumbers: Record<QueryParameterType, number> = { text: 25, integer: 20, number: 1_700, boolean: 16, date: 1_082, instant: 1_184 };

/** Who was asked to stop and does not is ended. */
const patienceMs = 2_000;

/**
 * Runs one query with the analyst's rights in a session and a process of its own. Throws `QueryFailure` where the text is refused or takes
 * longer than it may; with `signal` it is cancelled.
 */
export async function runQuery(
  login: Login,
  request: QueryRequest,
  { limits, rowsAtOnce = batchRows, signal }: { limits: RunLimits; rowsAtOnce?: number; signal?: AbortSignal | undefined },
): Promise<QueryRun> {
  const begin = performance.now();
  const answers = ask(jobOf(login, request, limits, { isPlan: false, batchRows: rowsAtOnce }), signal);
  const first = await answers.next();
  if (first.done || first.value.kind !== 'columns') throw unexpected();
  const columns = queryColumns(first.value.columns);
  let end: RunEnd | null = null;
  async function* batches(): AsyncGenerator<ColumnBatch> {
    for await (const answer of answers) {
      if (answer.kind === 'rows') yield batchOf(columns, answer);
      else if (answer.kind === 'end') {
        end = { rows: answer.rows, bytes: answer.bytes, cutAt: answer.cutAt, milliseconds: Math.round(performance.now() - begin) };
      }
    }
  }
  return { columns, batches: batches(), end: () => end };
}

function batchOf(columns: readonly QueryRunColumn[], { count, rows }: Extract<ChildAnswer, { kind: 'rows' }>): ColumnBatch {
  try {
    return columnBatch(columns, count, Buffer.from(rows.buffer, rows.byteOffset, rows.byteLength));
  } catch (error) {
    // A value that no file can hold, such as an instant without end; the message says so.
    throw new QueryFailure({
      reason: 'query',
      message: error instanceof Error ? error.message : String(error),
      sqlState: null,
      position: null,
    });
  }
}

/** The plan of the query, as Postgres gives it in JSON. It is not run. Throws as `runQuery` does. */
export async function explainQuery(login: Login, request: QueryRequest, limits: RunLimits): Promise<unknown> {
  for await (const answer of ask(jobOf(login, request, limits, { isPlan: true, batchRows: 1 }), undefined)) {
    if (answer.kind === 'plan') return JSON.parse(answer.json);
  }
  throw unexpected();
}

function jobOf(
  { address, application, serverNumber }: Login,
  { text, parameters }: QueryRequest,
  { rows, bytes, milliseconds }: RunLimits,
  how: Pick<ChildJob, 'isPlan' | 'batchRows'>,
): ChildJob {
  return {
    address,
    application,
    text,
    types: parameters.map(({ type }) => typeNumbers[type]),
    values: parameters.map(({ value }) => value),
    milliseconds,
    mostRows: rows,
    mostBytes: bytes,
    hasTransactionTimeout: serverNumber >= 170_000,
    ...how,
  };
}

/** What the process tells until the end, which it gives last. Leaving earlier ends the process, and with it the query. */
async function* ask(job: ChildJob, signal: AbortSignal | undefined): AsyncGenerator<ChildAnswer> {
  if (signal?.aborted) throw cancelled();
  const child = takeChild();
  const heard = new Inbox(child);
  let stopped: QueryFailure | null = null;
  let patience: NodeJS.Timeout | undefined;
  const stop = (failure: QueryFailure) => {
    if (stopped) return;
    stopped = failure;
    if (child.connected) child.send({ kind: 'cancel' });
    patience = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  };
  const watchdog = setTimeout(() => stop(tookTooLong(job.milliseconds)), job.milliseconds + 1_000);
  const abort = () => stop(cancelled());
  signal?.addEventListener('abort', abort, { once: true });
  let isOver = false;
  try {
    child.send({ kind: 'run', job });
    for (;;) {
      const answer = await heard.next();
      if (answer === null || (answer.kind === 'error' && stopped)) {
        isOver = answer !== null;
        throw stopped ?? crashed();
      }
      isOver = answer.kind === 'end' || answer.kind === 'plan' || answer.kind === 'error';
      if (answer.kind === 'error') throw failureOf(answer, job);
      yield answer;
      if (isOver) return;
      if (answer.kind === 'rows' && child.connected) child.send({ kind: 'more' });
    }
  } finally {
    clearTimeout(watchdog);
    clearTimeout(patience);
    signal?.removeEventListener('abort', abort);
    if (isOver && !stopped) giveBack(child);
    else child.kill('SIGKILL');
  }
}

/** Messages of a process in their order; null once it has ended. */
class Inbox {
  private readonly answers: (ChildAnswer | null)[] = [];
  private wake: (() => void) | null = null;

  constructor(child: ChildProcess) {
    const put = (answer: ChildAnswer | null) => {
      this.answers.push(answer);
      this.wake?.();
    };
    child.on('message', (answer) => put(answer as ChildAnswer));
    child.on('exit', () => put(null));
    child.on('error', () => put(null));
  }

  async next(): Promise<ChildAnswer | null> {
    while (this.answers.length === 0) await new Promise<void>((resolve) => (this.wake = resolve));
    return this.answers.shift() ?? null;
  }
}

function failureOf({ message, sqlState, position }: Extract<ChildAnswer, { kind: 'error' }>, job: ChildJob): QueryFailure {
  if (sqlState === '57014' || sqlState === '25P04') return tookTooLong(job.milliseconds);
  if (sqlState === '53300')
    return new QueryFailure({
      reason: 'busy',
      message: 'The database has no connection left for queries; try again in a moment.',
      sqlState,
      position: null,
    });
  const isOfText = sqlState !== null && !/^(08|57|58|28|XX)/.test(sqlState);
  return new QueryFailure({
    reason: isOfText ? 'query' : 'failed',
    message: isOfText ? message : `The query could not be run: ${message}`,
    sqlState,
    position: position === null ? null : placeInText(job, position),
  });
}

/** Of the character in the text as JavaScript counts them; Postgres counts all of a statement, and by code points. */
function placeInText({ text, isPlan }: ChildJob, position: number): number | null {
  const before = isPlan ? headLengths.plan : headLengths.rows;
  const points = position - before - 1;
  return points < 0 ? null : [...text].slice(0, points).join('').length + 1;
}

function tookTooLong(milliseconds: number): QueryFailure {
  const message = `The query took longer than ${milliseconds / 1_000} s and was stopped; ask for a shorter period or fewer rows.`;
  return new QueryFailure({ reason: 'time', message, sqlState: '57014', position: null });
}

function cancelled(): QueryFailure {
  return new QueryFailure({ reason: 'cancelled', message: 'The query was cancelled.', sqlState: '57014', position: null });
}

function crashed(): QueryFailure {
  const message = 'The process that ran the query ended; the answer may have been too large. Ask for fewer or shorter columns.';
  return new QueryFailure({ reason: 'failed', message, sqlState: null, position: null });
}

function unexpected(): Error {
  return new Error('The process that runs queries told something else than was asked.');
}
