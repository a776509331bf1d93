import type pg from 'pg';
import type { Connector } from '#etl/connector.js';
import { receiving } from '#etl/connectors/push/connector.js';
import { syncConnection, SyncError, type SyncOutcome } from '#etl/sync.js';
import { AlreadySyncing } from '#etl/sync-lock.js';
import { FeedRefusal } from './feed-refusal.js';

const mostRefusedTold = 1_000;

/** The account of what was sent: every line that is not blank is in exactly one of the counts. */
export interface PushAnswer extends Pick<
  SyncOutcome,
  'connection' | 'state' | 'asOf' | 'fetched' | 'inserted' | 'updated' | 'unchanged' | 'duplicate' | 'quarantined'
> {
  /** The first 1,000 of the lines that could not be read. */
  refused: { line: number; code: string; reason: string }[];
}

/**
 * Loads what is sent, page by page, each in a transaction of its own. Throws `FeedRefusal` where
 * none of it, or not all of it, can be taken.
 */
export async function receivePush(
  pool: pg.Pool,
  name: string,
  body: AsyncIterable<Buffer>,
  options: { signal: AbortSignal; now?: () => Date },
): Promise<PushAnswer> {
  const connector: Connector = receiving(body);
  let run = '';
  try {
    const outcome = await syncConnection(pool, name, {
      ...options,
      connectors: { [connector.id]: connector },
      onRun: (id) => (run = id),
    });
    const { connection, state, asOf, fetched, inserted, updated, unchanged, duplicate, quarantined } = outcome;
    const refused = quarantined === 0 ? [] : await refusedLines(pool, run);
    return { connection, state, asOf, fetched, inserted, updated, unchanged, duplicate, quarantined, refused };
  } catch (error) {
    if (error instanceof AlreadySyncing) throw new FeedRefusal(409, `"${name}" is taking another body just now; send this one again.`, 5);
    if (!(error instanceof SyncError)) throw error;
    const { cause } = error;
    if (cause instanceof FeedRefusal)
      throw new FeedRefusal(cause.statusCode, `${cause.message} What came before is kept; sending it again does no harm.`);
    if (cause instanceof Error && cause.name === 'SourceError') throw new FeedRefusal(422, cause.message);
    throw error;
  }
}

async function refusedLines(pool: pg.Pool, run: string): Promise<PushAnswer['refused']> {
  const found = await pool.query<{ line: number; code: string; reason: string }>(
    `select substring(position from '[0-9]+')::int as line, code, reason
    from ingest.quarantine
    where run_id = $1
      and resolved_at is null
    order by line
    limit $2`,
    [run, mostRefusedTold],
  );
  return found.rows;
}
