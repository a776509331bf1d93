import type { Pool } from 'pg';
import { reasonOf } from './error-code.js';
import { isHttpError } from './http/errors.js';

/** A sync by schedule came too early, or the connection is paused or waits for new credentials. */
export class NotDue extends Error {
  override name = 'NotDue';
}

/** So often a tool may refuse the credentials before nothing but new ones helps. */
const mostRefusals = 3;
const minuteMs = 60_000;
const authPauseMs = 15 * minuteMs;
const longestPauseMs = 60 * minuteMs;

/** Throws `NotDue` where a schedule should leave the connection alone. */
export async function refuseEarly(pool: Pool, connection: { id: string; name: string }, now: Date): Promise<void> {
  const found = await pool.query<{ state: string; retry_at: Date | null }>('select state, retry_at from ingest.connection where id = $1', [
    connection.id,
  ]);
  const [row] = found.rows;
  if (row?.state === 'paused') throw new NotDue(`"${connection.name}" is paused.`);
  if (row?.retry_at && row.retry_at > now) {
    const why = row.state === 'needs_auth' ? 'its credentials are refused' : 'its last sync failed';
    throw new NotDue(`"${connection.name}" is not asked before ${row.retry_at.toISOString()}: ${why}.`);
  }
}

export async function noteSuccess(pool: Pool, connection: string): Promise<void> {
  await pool.query(
    `update ingest.connection
    set state = case when state = 'needs_auth' then 'active' else state end, failures = 0, last_error = null, retry_at = null
    where id = $1 and (failures > 0 or last_error is not null or retry_at is not null or state = 'needs_auth')`,
    [connection],
  );
}

/**
 * Counts a failure and says when a schedule may try again: later each time, and when the tool said.
 * The third refusal of credentials is `needs_auth`.
 */
export async function noteFailure(pool: Pool, connection: string, error: unknown, now: Date): Promise<void> {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const message = reasonOf(error);
  const isRefused = isHttpError(cause, 'needs-auth');
  const told = isHttpError(cause, 'rate-limited') ? cause.retryAt : null;
  await pool.query(
    `update ingest.connection
    set failures = failures + 1,
      last_error = $2,
      state = case when $3 and failures + 1 >= $4 and state = 'active' then 'needs_auth' else state end,
      retry_at = coalesce(
        $5::timestamptz,
        $6::timestamptz + case when $3 then $7::int else least($8::int, $9::int * (2 ^ least(failures, 10))::int) end * interval '1 millisecond'
      )
    where id = $1`,
    [connection, message, isRefused, mostRefusals, told, now.toISOString(), authPauseMs, longestPauseMs, minuteMs],
  );
}
