import type pg from 'pg';
import type { Json } from '#etl/connector.js';
import { withoutTexts } from '#etl/erasure/without-texts.js';
import { storableJson } from '#etl/load/storable.js';
import { withTransaction } from '#etl/transaction.js';
import type { RetentionCounts } from '../api.js';
import { recordAudit } from '../audit/audit.js';
import { dropOldAudit } from '../audit/keep-audit.js';
import { readRetention } from './retention.js';
import { oldMessages, oldVersions, settledQuarantine } from './too-old.js';

/** Messages in one transaction: a sync that runs beside waits no longer than it takes to empty them. */
const batchSize = 1_000;

export interface RetentionOutcome extends RetentionCounts {
  connection: string;
}

/**
 * Takes away what is older than each connection keeps it: texts of messages, in the story and in the raw records they came with; older
 * versions of raw records; records of the quarantine that were settled. Facts stay, and so do the numbers. Recorded in the audit log.
 */
export async function applyRetention(pool: pg.Pool, signal: AbortSignal): Promise<RetentionOutcome[]> {
  const outcomes: RetentionOutcome[] = [];
  for (const { connection, keepTextsDays, isPaused } of await readRetention(pool)) {
    if (keepTextsDays === null || isPaused) continue;
    const messages = await emptyOldMessages(pool, connection, keepTextsDays, signal);
    const rawVersions = await remove(pool, `delete from ingest.raw_record old using ${oldVersions}`, connection, keepTextsDays);
    const quarantined = await remove(pool, `delete from ingest.quarantine settled using ${settledQuarantine}`, connection, keepTextsDays);
    outcomes.push({ connection, messages, rawVersions, quarantined });
    await pool.query(noteRun, [connection, messages, rawVersions, quarantined]);
    if (messages + rawVersions + quarantined > 0) {
      await recordAudit(pool, { asker: null, action: 'retention', object: connection, detail: { messages, rawVersions, quarantined } });
    }
  }
  const lines = await dropOldAudit(pool);
  if (lines > 0) await recordAudit(pool, { asker: null, action: 'retention', object: 'audit', detail: { lines } });
  return outcomes;
}

const noteRun = `
insert into app.retention_run (connection_id, ran_at, messages, raw_versions, quarantined)
select id, now(), $2, $3, $4 from ingest.connection where name = $1
on conflict (connection_id) do update
set ran_at = excluded.ran_at, messages = excluded.messages, raw_versions = excluded.raw_versions, quarantined = excluded.quarantined`;

async function emptyOldMessages(pool: pg.Pool, connection: string, days: number, signal: AbortSignal): Promise<number> {
  for (let emptied = 0; ;) {
    signal.throwIfAborted();
    const batch = await withTransaction(pool, (client) => emptyBatch(client, connection, days));
    emptied += batch;
    if (batch < batchSize) return emptied;
  }
}

async function emptyBatch(client: pg.PoolClient, connection: string, days: number): Promise<number> {
  const { rows } = await client.query<{ item_id: string; event_id: string; record_id: string; body: string }>(
    `select m.item_id, m.event_id, e.record_id, m.body ${oldMessages}
    limit $3
    for update of m`,
    [connection, days, batchSize],
  );
  const records = Map.groupBy(rows, (row) => row.record_id);
  const raw = await client.query<{ record_id: string; version: number; payload: string }>(
    'select record_id, version, payload::text as payload from ingest.raw_record where record_id = any ($1::uuid[])',
    [[...records.keys()]],
  );
  for (const { record_id, version, payload } of raw.rows) {
    const texts = (records.get(record_id) ?? []).map(({ body }) => body);
    const without = storableJson(withoutTexts(JSON.parse(payload) as Json, texts));
    // The hash stays that of what the source says, so that reading it again does not bring the text back.
    if (without !== payload)
      await client.query('update ingest.raw_record set payload = $3 where record_id = $1 and version = $2', [record_id, version, without]);
  }
  await client.query(
    `update core.message m set body = '', attachments = '{}'
    from unnest($1::uuid[], $2::uuid[]) as old (item_id, event_id)
    where m.item_id = old.item_id and m.event_id = old.event_id`,
    [rows.map((row) => row.item_id), rows.map((row) => row.event_id)],
  );
  return rows.length;
}

async function remove(pool: pg.Pool, statement: string, connection: string, days: number): Promise<number> {
  const { rowCount } = await pool.query(statement, [connection, days]);
  return rowCount ?? 0;
}
