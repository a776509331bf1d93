import { reasonOf } from '#etl/error-code.js';
import { batchRows, type ColumnBatch } from '../exports/column-batch.js';
import type { ViewFormat } from '../exports/formats.js';
import type { SentColumn } from '../exports/typed-column.js';
import { ask } from './ask-child.js';
import type { FileBytes } from './child-inbox.js';
import { jobOf, type Login, type QueryRequest } from './child-job.js';
import type { ChildAnswer, ChildColumn, ChildJob } from './child-messages.js';
import { columnBatch, queryColumns } from './query-columns.js';
import { QueryFailure, tooLarge } from './query-failure.js';
import type { RunLimits } from './run-limits.js';

/** Rows of a batch for the page, so that the first ones come soon. */
export const pageBatchRows = 1_000;

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

function unexpected(): Error {
  return new Error('The process that runs queries told something else than was asked.');
}
