import type { Pool, PoolClient } from 'pg';
import type { Json, RawRecord } from './connector.js';
import { readConnection, type StoredConnection } from './connections/read.js';
import { idOf } from './connections/stored.js';
import { builtInConnectors, type ConnectorRegistry } from './connectors/index.js';
import { readErasures } from './erasure/erasures.js';
import { loadPage, preparePage } from './load.js';
import { stagingTables } from './load/merge.sql.js';
import { KnownParties } from './load/page-parties.js';
import { holdConnection } from './sync-lock.js';
import { closeRun, openRun } from './sync-run.js';

/** A record that could not be read and waits. */
export interface QuarantineEntry {
  id: string;
  connection: string;
  stream: string;
  externalId: string | null;
  /** Where it is in the source: `incidents.csv line 12`. */
  position: string;
  code: string;
  reason: string;
  /** As it came, as far as it is text. */
  raw: string;
  firstSeenAt: string;
}

export interface QuarantineChoice {
  connection?: string;
  code?: string;
  /** Those that were dismissed, in place of those that wait. */
  isDismissed?: boolean;
  limit?: number;
  offset?: number;
}

/** What waits in quarantine, oldest first. Throws where there is no such connection. */
export async function listQuarantine(pool: Pool, options: QuarantineChoice = {}): Promise<QuarantineEntry[]> {
  const connection = options.connection === undefined ? null : await idOf(pool, options.connection);
  const found = await pool.query<Omit<QuarantineEntry, 'raw'> & { raw: Buffer }>(
    `select quarantine.id, connection.name as connection, stream, external_id as "externalId", position, code, reason, raw,
      to_char(first_seen_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "firstSeenAt"
    from ingest.quarantine quarantine
    join ingest.connection connection on connection.id = quarantine.connection_id
    where resolved_at is null
      and (dismissed_at is not null) = $3
      and ($1::uuid is null or connection_id = $1)
      and ($4::text is null or code = $4)
    order by first_seen_at, position, quarantine.id
    limit $2
    offset $5`,
    [connection, options.limit ?? null, options.isDismissed ?? false, options.code ?? null, options.offset ?? 0],
  );
  return found.rows.map((row) => ({ ...row, raw: row.raw.toString('utf8') }));
}

/** Which of the waiting records: one, those of one kind of fault, or all. */
export type Dismissed = { id: string } | { code: string } | { all: true };

/**
 * Decides that records of a connection need not be read. They stay, are listed apart and are tried no more; one that comes in a
 * form that can be read is read. Says how many there were.
 */
export async function dismissQuarantine(pool: Pool, name: string, which: Dismissed, now: Date): Promise<number> {
  const dismissed = await pool.query(
    `update ingest.quarantine
    set dismissed_at = $2
    where connection_id = $1
      and resolved_at is null
      and dismissed_at is null
      and ($3::uuid is null or id = $3)
      and ($4::text is null or code = $4)`,
    [await idOf(pool, name), now.toISOString(), 'id' in which ? which.id : null, 'code' in which ? which.code : null],
  );
  return dismissed.rowCount ?? 0;
}

export interface RetryOutcome {
  tried: number;
  loaded: number;
  refused: number;
  /** Never parsed, so there is nothing to map: mend them at the source and read it again. */
  unparsed: number;
}

/** Maps once more what was refused, with the mapping and the rules of today. */
export async function retryQuarantine(
  pool: Pool,
  name: string,
  options: { connectors?: ConnectorRegistry; now?: () => Date } = {},
): Promise<RetryOutcome> {
  const connection = await readConnection(pool, name, options.connectors ?? builtInConnectors);
  return holdConnection(pool, connection, async (client) => {
    const waiting = await client.query<{ stream: string; external_id: string | null; position: string; raw: Buffer }>(
      'select stream, external_id, position, raw from ingest.quarantine where connection_id = $1 and resolved_at is null and dismissed_at is null',
      [connection.id],
    );
    const outcome: RetryOutcome = { tried: 0, loaded: 0, refused: 0, unparsed: 0 };
    const byStream = new Map<string, RawRecord[]>();
    for (const row of waiting.rows) {
      const payload = row.external_id === null ? undefined : parsed(row.raw);
      if (row.external_id === null || payload === undefined) outcome.unparsed += 1;
      else {
        const record: RawRecord = { externalId: row.external_id, payload, op: 'upsert', position: row.position };
        byStream.set(row.stream, [...(byStream.get(row.stream) ?? []), record]);
      }
    }
    for (const [stream, records] of byStream) {
      const quarantined = await retryRecords(client, connection, stream, records, (options.now ?? (() => new Date()))());
      outcome.tried += records.length;
      outcome.refused += quarantined;
      outcome.loaded += records.length - quarantined;
    }
    return outcome;
  });
}

async function retryRecords(
  client: PoolClient,
  connection: StoredConnection,
  stream: string,
  records: RawRecord[],
  now: Date,
): Promise<number> {
  const seenAt = now.toISOString();
  await client.query(stagingTables);
  const runId = await openRun(client, connection.id, stream, seenAt);
  const target = {
    connectionId: connection.id,
    stream,
    runId,
    connector: connection.connector,
    config: connection.config,
    statuses: connection.settings.statuses,
    known: new KnownParties(),
    erasures: await readErasures(client),
    seenAt,
    isFresh: false,
    hasQuarantine: true,
  };
  const page = preparePage(target, { records, next: { v: 1, state: null }, done: true, sourceNow: null });
  const counts = await loadPage(client, target, page, null);
  await closeRun(client, runId, 'complete', null, now);
  return counts.quarantined;
}

function parsed(raw: Buffer): Json | undefined {
  try {
    return JSON.parse(raw.toString('utf8')) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
