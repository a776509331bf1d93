import type { QueryError } from '../api.js';
import type { ChildAnswer, ChildJob } from './child-messages.js';
import type { RunLimits } from './run-limits.js';
import { headLengths } from './session.js';

/** Why there is no answer, or no whole one, as the asker may be told. */
export class QueryFailure extends Error {
  constructor(readonly told: QueryError) {
    super(told.message);
    this.name = 'QueryFailure';
  }
}

export function failureOf(
  { message, sqlState, position, isRefusal }: Extract<ChildAnswer, { kind: 'error' }>,
  job: ChildJob,
): QueryFailure {
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

export function tookTooLong(milliseconds: number): QueryFailure {
  const message = `The query took longer than ${milliseconds / 1_000} s and was stopped; ask for a shorter period or fewer rows.`;
  return new QueryFailure({ reason: 'time', message, sqlState: '57014', position: null });
}

export function tooLarge(cutAt: 'rows' | 'bytes', { rows, bytes }: RunLimits): QueryFailure {
  const most = cutAt === 'rows' ? `${rows} rows` : `${bytes / 2 ** 30} GB`;
  const message = `The answer has more than ${most}, so there is no file of it; ask for a part, such as a year.`;
  return new QueryFailure({ reason: 'failed', message, sqlState: null, position: null });
}

export function cancelled(): QueryFailure {
  return new QueryFailure({ reason: 'cancelled', message: 'The query was cancelled.', sqlState: '57014', position: null });
}

export function crashed(): QueryFailure {
  const message = 'The process that ran the query ended; the answer may have been too large. Ask for fewer or shorter columns.';
  return new QueryFailure({ reason: 'failed', message, sqlState: null, position: null });
}
