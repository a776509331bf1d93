import type { PoolClient } from 'pg';
import { RejectedRecord, type Json, type RawRecord } from '../connector.js';
import { entityId } from '../model/ids.js';
import * as sql from './merge.sql.js';
import type { Arrival, PagePlan, StoredVersion } from './page-plan.js';
import type { LoadTarget } from './load-target.js';

interface EarlierVersion {
  record_id: string;
  external_id: string;
  op: RawRecord['op'];
  payload: string;
}

export async function storedVersions(client: PoolClient, arrived: readonly Arrival[]): Promise<Map<string, StoredVersion>> {
  const found = await client.query<{ record_id: string; version: number; content_hash: string; run_id: string }>(sql.storedVersions, [
    arrived.map((arrival) => arrival.recordId),
  ]);
  return new Map(found.rows.map((row) => [row.record_id, { version: row.version, contentHash: row.content_hash, runId: row.run_id }]));
}

/** Takes back what the earlier versions of changed records said; returns the items whose description must be chosen anew. */
export async function forgetChanged(
  client: PoolClient,
  target: LoadTarget,
  plan: PagePlan,
  stored: ReadonlyMap<string, StoredVersion>,
): Promise<string[]> {
  if (plan.changed.length === 0) return [];
  const ids = plan.changed.map((change) => change.arrival.recordId);
  const versions = ids.map((id) => stored.get(id)?.version ?? 0);
  const earlier = await client.query<EarlierVersion>(sql.storedPayloads, [ids, versions]);
  const itemBefore = new Map(earlier.rows.map((row) => [row.record_id, itemOf(target, row)]));
  const items: string[] = [];
  const records: string[] = [];
  for (const { arrival, description } of plan.changed) {
    for (const itemId of new Set([itemBefore.get(arrival.recordId), description?.itemId])) {
      if (!itemId) continue;
      items.push(itemId);
      records.push(arrival.recordId);
      plan.dirtyItems.add(itemId);
    }
  }
  await client.query(sql.forgetStory, [items, records]);
  return [...new Set(items)];
}

/** The item an earlier version told of; null where today's mapping no longer reads it. */
function itemOf(target: LoadTarget, row: EarlierVersion): string | null {
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
