import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { Cursor } from './connector.js';
import { inTransaction } from './transaction.js';

export async function openRun(client: PoolClient, connection: string, stream: string, at: string): Promise<string> {
  const id = randomUUID();
  await inTransaction(client, () =>
    client.query(`insert into ingest.sync_run (id, connection_id, stream, state, started_at) values ($1, $2, $3, 'running', $4)`, [
      id,
      connection,
      stream,
      at,
    ]),
  );
  return id;
}

/** What loading need not ask for each page. */
export async function knownSoFar(
  client: PoolClient,
  connection: string,
  stream: string,
): Promise<{ isFresh: boolean; hasQuarantine: boolean }> {
  const found = await client.query<{ is_fresh: boolean; has_quarantine: boolean }>(
    `select
      not exists (select from ingest.raw_record where connection_id = $1 and stream = $2) as is_fresh,
      exists (select from ingest.quarantine where connection_id = $1 and resolved_at is null) as has_quarantine`,
    [connection, stream],
  );
  const [row] = found.rows;
  return { isFresh: row?.is_fresh ?? false, hasQuarantine: row?.has_quarantine ?? true };
}

/** Where the next page of a stream begins: `cursor` null is the start, `seq` counts how often it was moved. */
export async function readCheckpoint(
  client: PoolClient,
  connection: string,
  stream: string,
): Promise<{ cursor: Cursor | null; seq: number }> {
  const found = await client.query<{ cursor: Cursor | null; seq: number }>(
    'select cursor, seq::int as seq from ingest.checkpoint where connection_id = $1 and stream = $2',
    [connection, stream],
  );
  return found.rows[0] ?? { cursor: null, seq: 0 };
}

/** A run that is still `running` while nobody holds the connection belongs to a process that died. */
export async function closeLeftoverRuns(client: PoolClient, connection: string, at: Date): Promise<void> {
  await client.query(
    `update ingest.sync_run
    set state = 'failed', finished_at = $2, error = 'The process ended before the run did; the next run went on from its checkpoint.'
    where connection_id = $1 and state = 'running'`,
    [connection, at.toISOString()],
  );
}

export async function closeRun(client: PoolClient, run: string, state: string, error: string | null, at: Date): Promise<void> {
  await inTransaction(client, () =>
    client.query('update ingest.sync_run set state = $2, error = $3, finished_at = $4 where id = $1', [
      run,
      state,
      error,
      at.toISOString(),
    ]),
  );
}

/** The data's own time after a complete run: the source's clock, or the latest moment seen. */
export async function moveWatermark(client: PoolClient, connection: string, at: Date): Promise<string | null> {
  const moved = await inTransaction(client, () =>
    client.query<{ as_of: Date | null }>(
      `update ingest.connection
      set last_complete_at = $2,
        as_of_at = (select coalesce(min(source_now), max(latest_at)) from ingest.checkpoint where connection_id = $1)
      where id = $1
      returning as_of_at as as_of`,
      [connection, at.toISOString()],
    ),
  );
  return moved.rows[0]?.as_of?.toISOString() ?? null;
}
