import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { RejectedRecord, type Json, type RawRecord } from './connector.js';
import { restoreDeleted } from './census.js';
import { forgetStory } from './connections/forget.js';
import type { StoredConnection } from './connections/read.js';
import { writeStatuses } from './connections/stored.js';
import { readErasures } from './erasure/erasures.js';
import { clearStaging, resolveRows, stagingTables } from './load/merge.sql.js';
import { addStory, emptyPlan } from './load/page-plan.js';
import type { LoadTarget } from './load/load-target.js';
import { quarantineId, rejected } from './load/quarantine-row.js';
import { KnownParties } from './load/page-parties.js';
import { writeQuarantine, writeStory } from './load/write.js';
import { knownSoFar } from './sync-run.js';
import { inTransaction } from './transaction.js';

const pageSize = 5_000;

interface StoredRecord {
  record_id: string;
  stream: string;
  external_id: string;
  op: RawRecord['op'];
  payload: string;
  seen_at: Date;
}

/**
 * Maps everything a connection has read anew, without asking the source, for a caller that holds the connection. All in one transaction:
 * readers see the old story or the new one.
 */
export async function replayHeld(
  client: PoolClient,
  connection: StoredConnection,
  now: Date,
): Promise<{ records: number; quarantined: number }> {
  await client.query(stagingTables);
  return inTransaction(client, async () => {
    await forgetStory(client, connection.id);
    await writeStatuses(client, connection.id, connection.settings.statuses);
    const outcome = await mapStored(client, connection, now);
    await restoreDeleted(client, connection.id);
    await client.query('update ingest.connection set map_version = $2 where id = $1', [connection.id, connection.connector.mapVersion]);
    await moveLatest(client, connection.id, outcome.latestAt);
    return { records: outcome.records, quarantined: outcome.quarantined };
  });
}

async function mapStored(
  client: PoolClient,
  connection: StoredConnection,
  now: Date,
): Promise<{ records: number; quarantined: number; latestAt: Map<string, string> }> {
  const outcome = { records: 0, quarantined: 0, latestAt: new Map<string, string>() };
  const { hasQuarantine: isWaiting } = await knownSoFar(client, connection.id, '');
  const known = new KnownParties();
  const erasures = await readErasures(client);
  const runId = randomUUID();
  const streams = await client.query<{ stream: string }>('select distinct stream from ingest.raw_record where connection_id = $1', [
    connection.id,
  ]);
  for (const { stream } of streams.rows) {
    const target: LoadTarget = {
      connectionId: connection.id,
      stream,
      runId,
      connector: connection.connector,
      config: connection.config,
      statuses: connection.settings.statuses,
      known,
      erasures,
      seenAt: now.toISOString(),
      isFresh: false,
      hasQuarantine: true,
    };
    for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
      const page = await client.query<StoredRecord>(presentRecords, [connection.id, stream, after, pageSize]);
      const last = page.rows.at(-1);
      if (!last) break;
      after = last.record_id;
      const plan = emptyPlan(target);
      const read: RawRecord[] = [];
      for (const row of page.rows) replayRecord(target, plan, read, row);
      await client.query(clearStaging);
      await writeStory(client, plan, false);
      await writeQuarantine(client, target, plan);
      if (isWaiting) await client.query(resolveRows, [read.map((record) => quarantineId(target, record)), target.seenAt]);
      plan.parties.committed();
      outcome.records += page.rows.length;
      outcome.quarantined += plan.quarantine.length;
      const latest = outcome.latestAt.get(stream);
      if (plan.latestAt !== null && (latest === undefined || Date.parse(plan.latestAt) > Date.parse(latest)))
        outcome.latestAt.set(stream, plan.latestAt);
    }
  }
  return outcome;
}

function replayRecord(target: LoadTarget, plan: ReturnType<typeof emptyPlan>, read: RawRecord[], row: StoredRecord): void {
  if (row.op === 'delete') return;
  const record: RawRecord = { externalId: row.external_id, op: row.op, payload: JSON.parse(row.payload) as Json };
  try {
    addStory(target, plan, row.record_id, target.connector.map(target.config, target.stream, record), row.seen_at.toISOString());
    read.push(record);
  } catch (error) {
    if (!(error instanceof RejectedRecord)) throw error;
    plan.quarantine.push(rejected(target, record, error));
  }
}

async function moveLatest(client: PoolClient, connection: string, latestAt: ReadonlyMap<string, string>): Promise<void> {
  for (const [stream, at] of latestAt) {
    await client.query('update ingest.checkpoint set latest_at = $3 where connection_id = $1 and stream = $2', [connection, stream, at]);
  }
  await client.query(
    `update ingest.connection
    set as_of_at = (select coalesce(min(source_now), max(latest_at)) from ingest.checkpoint where connection_id = $1)
    where id = $1
      and last_complete_at is not null`,
    [connection],
  );
}

/** $1 connection, $2 stream, $3 after this record, $4 how many. */
const presentRecords = `
select distinct on (record_id) record_id, stream, external_id, op, payload::text as payload, seen_at
from ingest.raw_record
where connection_id = $1
  and stream = $2
  and record_id > $3
order by record_id, version desc
limit $4`;
