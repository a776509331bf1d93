import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { reasonOf } from '#etl/error-code.js';
import type { QueryError, QueryParameterType } from '../api.js';
import { batchRows, type ColumnBatch } from '../exports/column-batch.js';
import type { ViewFormat } from '../exports/formats.js';
import type { SentColumn } from '../exports/typed-column.js';
import type { ChildAnswer, ChildColumn, ChildJob } from './child-messages.js';
import { fileWay, giveBack, takeChild } from './children.js';
import { columnBatch, queryColumns } from './query-columns.js';
import { headLengths } from './session.js';

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
  columns: SentColumn[];
  /** Taken once. Throws `QueryFailure` where the query fails on the way; who stops taking ends the query. */
  batches: AsyncIterable<ColumnBatch>;
  /** Known once all batches are taken. */
  end(): RunEnd | null;
}

/** A query whose rows are written to a file as they come, in the process that reads them. */
export interface QueryFile {
  /** Taken once. Throws `QueryFailure` where the query fails on the way, or its answer is cut; who stops taking ends the query. */
  bytes: AsyncIterable<Buffer>;
  /** Known once all bytes are taken, and where they break off because the answer was cut. */
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
  const job = jobOf(login, request, limits, { isPlan: false, batchRows: rowsAtOnce, file: null });
  const { columns: told, answers } = await begun(job, signal);
  const columns = queryColumns(told);
  let end: RunEnd | null = null;
  async function* batches(): AsyncGenerator<ColumnBatch> {
    for await (const answer of answers) {
      if (answer.kind === 'rows') yield batchOf(columns, answer);
      else if (answer.kind === 'end') end = endOf(answer, begin);
    }
  }
  return { columns, batches: batches(), end: () => end };
}

/** Runs one query into a file, as `runQuery` runs it. Throws as it does. */
export async function runQueryFile(
  login: Login,
  request: QueryRequest,
  file: { format: ViewFormat; isRaw: boolean },
  { limits, signal }: { limits: RunLimits; signal?: AbortSignal | undefined },
): Promise<QueryFile> {
  const begin = performance.now();
  const { answers } = await begun(jobOf(login, request, limits, { isPlan: false, batchRows, file }), signal);
  let end: RunEnd | null = null;
  async function* bytes(): AsyncGenerator<Buffer> {
    for await (const answer of answers) {
      if (answer.kind === 'bytes') yield answer.bytes;
      else if (answer.kind === 'end') {
        end = endOf(answer, begin);
        if (end.cutAt !== null) throw tooLarge(end.cutAt, limits);
      }
    }
  }
  return { bytes: bytes(), end: () => end };
}

async function begun(
  job: ChildJob,
  signal: AbortSignal | undefined,
): Promise<{ columns: ChildColumn[]; answers: AsyncGenerator<ChildAnswer | FileBytes> }> {
  const answers = ask(job, signal);
  const first = await answers.next();
  if (first.done || first.value.kind !== 'columns') throw unexpected();
  return { columns: first.value.columns, answers };
}

function endOf({ rows, bytes, cutAt }: Extract<ChildAnswer, { kind: 'end' }>, begin: number): RunEnd {
  return { rows, bytes, cutAt, milliseconds: Math.round(performance.now() - begin) };
}

function batchOf(columns: readonly SentColumn[], { count, rows }: Extract<ChildAnswer, { kind: 'rows' }>): ColumnBatch {
  try {
    return columnBatch(columns, count, Buffer.from(rows.buffer, rows.byteOffset, rows.byteLength));
  } catch (error) {
    // A value that no file can hold, such as an instant without end; the message says so.
    throw new QueryFailure({
      reason: 'query',
      message: reasonOf(error),
      sqlState: null,
      position: null,
    });
  }
}

/** The plan of the query, as Postgres gives it in JSON. It is not run. Throws as `runQuery` does. */
export async function explainQuery(login: Login, request: QueryRequest, limits: RunLimits): Promise<unknown> {
  for await (const answer of ask(jobOf(login, request, limits, { isPlan: true, batchRows: 1, file: null }), undefined)) {
    if (answer.kind === 'plan') return JSON.parse(answer.json);
  }
  throw unexpected();
}

function jobOf(
  { address, application, serverNumber }: Login,
  { text, parameters }: QueryRequest,
  { rows, bytes, milliseconds }: RunLimits,
  how: Pick<ChildJob, 'isPlan' | 'batchRows' | 'file'>,
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

/** A part of the file. */
interface FileBytes {
  kind: 'bytes';
  bytes: Buffer;
}

/** What the process tells until the end, which it gives last. Leaving earlier ends the process, and with it the query. */
async function* ask(job: ChildJob, signal: AbortSignal | undefined): AsyncGenerator<ChildAnswer | FileBytes> {
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
  let isFileBegun = false;
  let isOver = false;
  try {
    child.send({ kind: 'run', job });
    for (;;) {
      const answer = await heard.next();
      if (answer === null || (answer.kind === 'error' && stopped)) {
        isOver = answer !== null && !isFileBegun;
        throw stopped ?? crashed();
      }
      if (answer.kind === 'error') {
        isOver = !isFileBegun;
        throw failureOf(answer, job);
      }
      isOver = answer.kind === 'plan' || (answer.kind === 'end' && (job.file === null || answer.cutAt === null));
      isFileBegun ||= answer.kind === 'columns' && job.file !== null;
      yield answer;
      if (answer.kind === 'end' || answer.kind === 'plan') return;
      if (answer.kind === 'rows' && child.connected) child.send({ kind: 'more' });
    }
  } finally {
    clearTimeout(watchdog);
    clearTimeout(patience);
    signal?.removeEventListener('abort', abort);
    heard.close();
    // Where a file broke off, parts of it may still be under way.
    if (isOver && !stopped) giveBack(child);
    else child.kill('SIGKILL');
  }
}

/** Bytes of a file that wait to be taken; there is no reading on while there are more. */
const mostWaiting = 2 ** 20;

/** What a process says and the parts of the file it writes, its last word after the last of them; null once it has ended. */
class Inbox {
  private readonly answers: (ChildAnswer | FileBytes | null)[] = [];
  private readonly file: Readable;
  private wake: (() => void) | null = null;
  private received = 0;
  private waiting = 0;
  private end: Extract<ChildAnswer, { kind: 'end' }> | null = null;

  constructor(child: ChildProcess) {
    this.file = fileWay(child);
    this.file.on('data', (bytes: Buffer) => {
      this.received += bytes.length;
      this.waiting += bytes.length;
      if (this.waiting > mostWaiting) this.file.pause();
      this.put({ kind: 'bytes', bytes });
      this.endIfWhole();
    });
    child.on('message', (message) => {
      const answer = message as ChildAnswer;
      if (answer.kind === 'end') this.end = answer;
      else this.put(answer);
      this.endIfWhole();
    });
    child.on('exit', () => this.put(null));
    child.on('error', () => this.put(null));
    this.file.resume();
  }

  async next(): Promise<ChildAnswer | FileBytes | null> {
    while (this.answers.length === 0) await new Promise<void>((resolve) => (this.wake = resolve));
    const answer = this.answers.shift() ?? null;
    if (answer?.kind === 'bytes') {
      this.waiting -= answer.bytes.length;
      if (this.waiting <= mostWaiting) this.file.resume();
    }
    return answer;
  }

  /** Hears no more. */
  close(): void {
    this.file.removeAllListeners('data');
    this.file.pause();
  }

  private put(answer: ChildAnswer | FileBytes | null): void {
    this.answers.push(answer);
    this.wake?.();
  }

  private endIfWhole(): void {
    if (this.end === null || this.received < this.end.written) return;
    this.put(this.end);
    this.end = null;
  }
}

function failureOf({ message, sqlState, position, isRefusal }: Extract<ChildAnswer, { kind: 'error' }>, job: ChildJob): QueryFailure {
  if (isRefusal) return new QueryFailure({ reason: 'query', message, sqlState, position: null });
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

function tooLarge(cutAt: 'rows' | 'bytes', { rows, bytes }: RunLimits): QueryFailure {
  const most = cutAt === 'rows' ? `${rows} rows` : `${bytes / 2 ** 30} GB`;
  const message = `The answer has more than ${most}, so there is no file of it; ask for a part, such as a year.`;
  return new QueryFailure({ reason: 'failed', message, sqlState: null, position: null });
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
