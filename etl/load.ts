import type { PoolClient } from 'pg';
import { RejectedRecord, type Json, type Page, type RawRecord } from './connector.js';
import { copyLines } from './load/copy-text.js';
import * as sql from './load/merge.sql.js';
import {
  arrivals,
  planPage,
  quarantineRow,
  type Arrival,
  type LoadTarget,
  type OwnedLines,
  type PagePlan,
  type QuarantineRow,
  type StoredVersion,
} from './load/page-plan.js';
import { redescribe } from './load/redescribe.js';
import { eventColumns, itemColumns, linkColumns, messageColumns } from './load/story-rows.js';
import { entityId } from './model/ids.js';

export interface PageCounts {
  fetched: number;
  inserted: number;
  updated: number;
  unchanged: number;
  duplicate: number;
  quarantined: number;
  warnings: Record<string, number>;
}

/** Another worker moved the checkpoint: this page was not written. */
export class CheckpointConflict extends Error {
  override name = 'CheckpointConflict';
}

/** `expectedSeq`: how often the checkpoint moved so far. */
export interface CheckpointMove {
  cursor: Json;
  expectedSeq: number;
}

/** Looks at the plan of a page before anything is written; throws to refuse it. */
export type PlanGate = (plan: PagePlan, page: Page) => void;

/**
 * Loads one page in one transaction: raw records, the rows they map to, marks for the facts, the ledger, and the
 * checkpoint by compare-and-swap. A record the database refuses is found by bisection and quarantined; the rest is loaded.
 */
export async function loadPage(
  client: PoolClient,
  target: LoadTarget,
  page: Page,
  checkpoint: CheckpointMove | null,
  gate?: PlanGate,
): Promise<PageCounts> {
  const unreadable: QuarantineRow[] = [];
  const arrived = arrivals(target, page.records, unreadable);
  const attempt = (part: readonly Arrival[], refused: readonly QuarantineRow[]) =>
    transact(client, async () => {
      const plan = await writeRecords(client, target, page, part, [...unreadable, ...refused], gate);
      const counts = { fetched: page.records.length, ...plan.counts, quarantined: plan.quarantine.length, warnings: plan.warnings };
      await writeLedger(client, target, counts);
      if (checkpoint) await moveCheckpoint(client, target, page, checkpoint, plan.latestAt);
      return { counts, plan };
    });
  const { counts, plan } = await attempt(arrived, []).catch(async (error: unknown) => {
    if (!isDataError(error)) throw error;
    const refused = new Map<string, QuarantineRow>();
    await findRefused(client, target, page, arrived, error, refused);
    if (refused.size === 0) throw error;
    return attempt(
      arrived.filter((arrival) => !refused.has(arrival.recordId)),
      [...refused.values()],
    );
  });
  plan.parties.committed();
  return counts;
}

async function writeRecords(
  client: PoolClient,
  target: LoadTarget,
  page: Page,
  arrived: readonly Arrival[],
  quarantine: QuarantineRow[],
  gate?: PlanGate,
): Promise<PagePlan> {
  const stored = await storedVersions(client, arrived);
  const plan = planPage(target, arrived, stored, quarantine);
  gate?.(plan, page);
  const rewritten = await forgetChanged(client, target, plan, stored);
  await writeStory(client, plan);
  if (rewritten.length > 0) await redescribe(client, target, plan.parties, rewritten);
  await client.query(sql.markDirty, [[...plan.dirtyItems]]);
  await writeQuarantine(client, target, plan);
  return plan;
}

/** Everything of a plan but its ledger: used by a replay too. */
export async function writeStory(client: PoolClient, plan: PagePlan): Promise<void> {
  await copyLines(
    client,
    'ingest.raw_record (connection_id, stream, record_id, version, content_hash, external_id, op, payload, run_id, seen_at)',
    plan.raw,
  );
  await plan.parties.write(client);
  await merge(client, `stage_event (${eventColumns})`, owned(plan.events), sql.mergeEvents);
  await merge(client, `stage_message (${messageColumns})`, owned(plan.messages), sql.mergeMessages);
  await merge(client, `stage_link (${linkColumns})`, owned(plan.links), sql.mergeLinks);
  const items = [...plan.descriptions.values()].map((description) => description.line);
  await merge(client, `stage_item (${itemColumns})`, items, sql.mergeItems);
}

async function merge(client: PoolClient, stage: string, lines: string[], statement: string): Promise<void> {
  if (lines.length === 0) return;
  await copyLines(client, stage, lines);
  await client.query(statement);
}

function owned(lines: OwnedLines): string[] {
  return [...lines.values()].map((row) => row.line);
}

async function storedVersions(client: PoolClient, arrived: readonly Arrival[]): Promise<Map<string, StoredVersion>> {
  const found = await client.query<{ record_id: string; version: number; content_hash: string; run_id: string }>(sql.storedVersions, [
    arrived.map((arrival) => arrival.recordId),
  ]);
  return new Map(found.rows.map((row) => [row.record_id, { version: row.version, contentHash: row.content_hash, runId: row.run_id }]));
}

/** Takes back what the earlier versions of changed records said; returns the items whose description must be chosen anew. */
async function forgetChanged(
  client: PoolClient,
  target: LoadTarget,
  plan: PagePlan,
  stored: ReadonlyMap<string, StoredVersion>,
): Promise<string[]> {
  if (plan.changed.length === 0) return [];
  const ids = plan.changed.map((change) => change.arrival.recordId);
  const earlier = await client.query<{ record_id: string; external_id: string; op: RawRecord['op']; payload: string }>(sql.storedPayloads, [
    ids,
    ids.map((id) => stored.get(id)?.version ?? 0),
  ]);
  const itemBefore = new Map(earlier.rows.map((row) => [row.record_id, itemOf(target, row)]));
  const items: string[] = [];
  const records: string[] = [];
  const rewritten = new Set<string>();
  for (const { arrival, description } of plan.changed) {
    for (const itemId of new Set([itemBefore.get(arrival.recordId), description?.itemId])) {
      if (!itemId) continue;
      items.push(itemId);
      records.push(arrival.recordId);
      plan.dirtyItems.add(itemId);
      rewritten.add(itemId);
    }
  }
  await client.query(sql.forgetStory, [items, records]);
  return [...rewritten];
}

/** The item an earlier version told of; null where today's mapping no longer reads it. */
function itemOf(target: LoadTarget, row: { external_id: string; op: RawRecord['op']; payload: string }): string | null {
  if (row.op === 'delete') return null;
  try {
    const record: RawRecord = { externalId: row.external_id, op: row.op, payload: JSON.parse(row.payload) as Json };
    const { item } = target.connector.map(target.config, target.stream, record);
    return item ? entityId(target.connectionId, 'item', item.externalId) : null;
  } catch (error) {
    if (error instanceof RejectedRecord) return null;
    throw error;
  }
}

export async function writeQuarantine(client: PoolClient, target: LoadTarget, plan: PagePlan): Promise<void> {
  if (plan.quarantine.length > 0) {
    const rows = plan.quarantine.map((row) => ({ ...row, external_id: row.externalId, raw: Buffer.from(row.raw).toString('hex') }));
    const distinct = [...new Map(rows.map((row) => [row.id, row])).values()];
    await client.query(sql.quarantineRows, [target.connectionId, target.runId, target.stream, JSON.stringify(distinct)]);
  }
  if (plan.accepted.length > 0) {
    await client.query(sql.resolveQuarantine, [target.connectionId, target.stream, plan.accepted, target.seenAt]);
  }
}

async function writeLedger(client: PoolClient, target: LoadTarget, counts: PageCounts): Promise<void> {
  const { fetched, inserted, updated, unchanged, duplicate, quarantined } = counts;
  await client.query(sql.addToLedger, [
    target.runId,
    fetched,
    inserted,
    updated,
    unchanged,
    duplicate,
    quarantined,
    JSON.stringify(counts.warnings),
  ]);
}

async function moveCheckpoint(
  client: PoolClient,
  target: LoadTarget,
  page: Page,
  { cursor, expectedSeq }: CheckpointMove,
  latestAt: string | null,
): Promise<void> {
  const statement = expectedSeq === 0 ? sql.moveCheckpoint : sql.moveCheckpointOn;
  const moved = await client.query(statement, [
    target.connectionId,
    target.stream,
    JSON.stringify(cursor),
    expectedSeq,
    latestAt,
    page.sourceNow,
  ]);
  if (moved.rowCount !== 1) {
    throw new CheckpointConflict(
      `Stream ${target.stream}: another worker has moved the checkpoint since page ${expectedSeq}; nothing of this page was written.`,
    );
  }
}

/** Halves the page until every record the database refuses stands alone. Nothing tried here is kept. */
async function findRefused(
  client: PoolClient,
  target: LoadTarget,
  page: Page,
  part: readonly Arrival[],
  error: DataError,
  refused: Map<string, QuarantineRow>,
): Promise<void> {
  const [only] = part;
  if (part.length === 1 && only) {
    const { record, recordId, payload } = only;
    const position = record.position ?? record.externalId;
    const reason = `The database refuses the record: ${error.message}.`;
    refused.set(
      recordId,
      quarantineRow(target, { externalId: record.externalId, position, code: error.code, reason, raw: Buffer.from(payload) }),
    );
    return;
  }
  const middle = Math.ceil(part.length / 2);
  for (const half of [part.slice(0, middle), part.slice(middle)]) {
    const failed = await rehearse(client, target, page, half);
    if (failed) await findRefused(client, target, page, half, failed, refused);
  }
}

async function rehearse(client: PoolClient, target: LoadTarget, page: Page, part: readonly Arrival[]): Promise<DataError | null> {
  await client.query('begin');
  try {
    await writeRecords(client, target, page, part, []);
    return null;
  } catch (error) {
    if (!isDataError(error)) throw error;
    return error;
  } finally {
    await client.query('rollback');
  }
}

async function transact<T>(client: PoolClient, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

type DataError = Error & { code: string };

/** SQLSTATE classes that blame the data: data exception, integrity violation, limit exceeded. */
function isDataError(error: unknown): error is DataError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^(22|23|54)...$/.test(error.code);
}
