import type { PoolClient } from 'pg';
import type { Json } from '../connector.js';
import { copyLines } from './copy-text.js';
import * as sql from './merge.sql.js';
import type { OwnedLines, PagePlan } from './page-plan.js';
import type { LoadTarget } from './load-target.js';
import { aliasColumns, eventColumns, itemColumns, linkColumns, messageColumns } from './story-rows.js';

export interface PageCounts {
  fetched: number;
  inserted: number;
  updated: number;
  unchanged: number;
  duplicate: number;
  quarantined: number;
  warnings: Record<string, number>;
}

/** `expectedSeq`: how often the checkpoint moved so far. */
export interface CheckpointMove {
  cursor: Json;
  expectedSeq: number;
}

/** Another worker moved the checkpoint: this page was not written. */
export class CheckpointConflict extends Error {
  override name = 'CheckpointConflict';
}

/** `isFresh`: nothing of the stream was stored before, so events and messages can go straight into their tables. */
export async function writeStory(client: PoolClient, plan: PagePlan, isFresh: boolean): Promise<void> {
  await copyLines(client, rawRecordTarget, plan.raw);
  await plan.parties.write(client);
  if (isFresh) {
    await copyLines(client, `core.event (${eventColumns})`, owned(plan.events));
    await copyLines(client, `core.message (${messageColumns})`, owned(plan.messages));
  } else {
    await merge(client, `stage_event (${eventColumns})`, owned(plan.events), sql.mergeEvents);
    await merge(client, `stage_message (${messageColumns})`, owned(plan.messages), sql.mergeMessages);
  }
  await merge(client, `stage_link (${linkColumns})`, owned(plan.links), sql.mergeLinks);
  await merge(client, `stage_alias (${aliasColumns})`, owned(plan.aliases), sql.mergeAliases);
  const items = [...plan.descriptions.values()].map((description) => description.line);
  await merge(client, `stage_item (${itemColumns})`, items, sql.mergeItems);
  await client.query(sql.markDirty, [[...plan.dirtyItems]]);
}

export async function writeQuarantine(client: PoolClient, target: LoadTarget, plan: PagePlan): Promise<void> {
  if (plan.quarantine.length > 0) {
    const rows = plan.quarantine.map((row) => ({ ...row, external_id: row.externalId, raw: Buffer.from(row.raw).toString('hex') }));
    const distinct = [...new Map(rows.map((row) => [row.id, row])).values()];
    await client.query(sql.quarantineRows, [target.connectionId, target.runId, target.stream, JSON.stringify(distinct)]);
    const named = distinct.filter(({ externalId }) => externalId !== null);
    if (target.hasQuarantine && named.length > 0) {
      const pairs = [named.map(({ id }) => id), named.map(({ externalId }) => externalId)];
      await client.query(sql.resolveEarlier, [target.connectionId, target.stream, ...pairs, target.seenAt]);
    }
    target.hasQuarantine = true;
  }
  if (target.hasQuarantine && plan.accepted.length > 0) {
    const ids = plan.accepted.map(({ externalId }) => externalId);
    const places = plan.accepted.flatMap(({ position }) => position ?? []);
    await client.query(sql.resolveQuarantine, [target.connectionId, target.stream, ids, places, target.seenAt]);
  }
}

export async function writeLedger(client: PoolClient, target: LoadTarget, counts: PageCounts): Promise<void> {
  const { fetched, inserted, updated, unchanged, duplicate, quarantined, warnings } = counts;
  await client.query(sql.addToLedger, [
    target.runId,
    fetched,
    inserted,
    updated,
    unchanged,
    duplicate,
    quarantined,
    JSON.stringify(warnings),
  ]);
}

/** Throws `CheckpointConflict` where another worker has moved it since it was read. */
export async function moveCheckpoint(
  client: PoolClient,
  target: LoadTarget,
  { cursor, expectedSeq }: CheckpointMove,
  latestAt: string | null,
  sourceNow: string | null,
): Promise<void> {
  const statement = expectedSeq === 0 ? sql.placeCheckpoint : sql.moveCheckpoint;
  const moved = await client.query(statement, [
    target.connectionId,
    target.stream,
    JSON.stringify(cursor),
    expectedSeq,
    latestAt,
    sourceNow,
  ]);
  if (moved.rowCount !== 1) {
    throw new CheckpointConflict(
      `Stream ${target.stream}: another worker has moved the checkpoint since page ${expectedSeq}; nothing of this page was written.`,
    );
  }
}

const rawRecordTarget =
  'ingest.raw_record (connection_id, stream, record_id, version, content_hash, external_id, op, payload, run_id, seen_at)';

async function merge(client: PoolClient, stage: string, lines: string[], statement: string): Promise<void> {
  if (lines.length === 0) return;
  await copyLines(client, stage, lines);
  await client.query(statement);
}

function owned(lines: OwnedLines): string[] {
  return [...lines.values()].map((row) => row.line);
}
