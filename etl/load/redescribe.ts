import type { PoolClient } from 'pg';
import { RejectedRecord, type Json, type RawRecord } from '../connector.js';
import { copyLines } from './copy-text.js';
import * as sql from './merge.sql.js';
import type { LoadTarget } from './load-target.js';
import type { PageParties } from './page-parties.js';
import { isLater, itemColumns, storyRows, type Description } from './story-rows.js';

interface StoredRecord {
  record_id: string;
  stream: string;
  external_id: string;
  op: RawRecord['op'];
  payload: string;
}

/**
 * Chooses the description of items anew from all their records: needed when a record changed, because the one that held
 * before may now speak of an earlier moment or of another item. An item nothing tells of any more is removed.
 */
export async function redescribe(client: PoolClient, target: LoadTarget, parties: PageParties, itemIds: readonly string[]): Promise<void> {
  const records = await client.query<StoredRecord>(sql.recordsOfItems, [itemIds]);
  const wanted = new Set(itemIds);
  const best = new Map<string, Description>();
  for (const row of records.rows) {
    const description = describe(target, parties, row);
    if (!description || !wanted.has(description.itemId)) continue;
    const current = best.get(description.itemId);
    if (!current || isLater(description, current)) best.set(description.itemId, description);
  }
  const untold = itemIds.filter((itemId) => !best.has(itemId));
  await client.query('delete from core.item where item_id = any ($1::uuid[])', [untold]);
  await client.query(sql.clearStaging);
  await copyLines(
    client,
    `stage_item (${itemColumns})`,
    [...best.values()].map((description) => description.line),
  );
  await parties.write(client);
  await client.query(sql.replaceItems);
}

function describe(target: LoadTarget, parties: PageParties, row: StoredRecord): Description | null {
  if (row.op === 'delete') return null;
  const record: RawRecord = { externalId: row.external_id, op: row.op, payload: JSON.parse(row.payload) as Json };
  try {
    const mapped = target.connector.map(target.config, row.stream, record);
    return storyRows(target.connectionId, row.record_id, mapped, parties, target.seenAt).description;
  } catch (error) {
    if (error instanceof RejectedRecord) return null;
    throw error;
  }
}
