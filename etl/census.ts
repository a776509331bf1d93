import type { PoolClient } from 'pg';
import { SourceError, type Context } from './connector.js';
import type { StoredConnection } from './connections/read.js';
import { inTransaction } from './transaction.js';

/** What a census found. `held`: too many were missing at once, so none was counted before somebody confirms it. */
export interface CensusOutcome {
  items: number;
  missing: number;
  deleted: number;
  hidden: number;
  state: 'complete' | 'held';
}

const everyMs = 24 * 3_600_000;
/** Missing in so many censuses, one after the other, an item is looked at. */
const missesToLook = 2;
/** More than this at once is a loss of access rather than deletions. Few are few, whatever share they are. */
const mostMissing = 500;
const mostMissingShare = 0.05;
const fewMissing = 5;

/** Whether a day has passed since the last census. */
export async function isCensusDue(client: PoolClient, connection: string, now: Date): Promise<boolean> {
  const found = await client.query<{ taken_at: Date }>('select taken_at from ingest.census where connection_id = $1', [connection]);
  const takenAt = found.rows[0]?.taken_at.getTime();
  return takenAt === undefined || Math.abs(now.getTime() - takenAt) >= everyMs;
}

/**
 * Compares the ids that the tool lists with the items stored. What is missing twice is looked at directly: gone is marked
 * deleted, its story stays; hidden is not. An item that is listed again is no longer deleted. Null: the connector has no census.
 */
export async function takeCensus(client: PoolClient, connection: StoredConnection, context: Context): Promise<CensusOutcome | null> {
  const { connector, config, id } = connection;
  if (!connector.census) return null;
  await client.query('create temp table if not exists stage_census (external_id text primary key)');
  await client.query('truncate stage_census');
  for await (const ids of connector.census(config, context)) {
    context.signal.throwIfAborted();
    await client.query('insert into stage_census select unnest($1::text[]) on conflict do nothing', [ids]);
  }
  await client.query('analyze stage_census');
  const now = context.now().toISOString();
  const counted = await inTransaction(client, () => count(client, id, now));
  if (counted.state === 'held') return { ...counted, deleted: 0, hidden: 0 };
  const outcome = { ...counted, deleted: 0, hidden: 0 };
  const suspects = await client.query<{ external_id: string; url: string | null }>(missedItems, [id, missesToLook]);
  for (const { external_id, url } of suspects.rows) {
    if (!connector.look) throw new SourceError(`The connector ${connector.id} has a census but no look; it must have both.`);
    const found = await connector.look(config, external_id, context, url ?? undefined);
    await inTransaction(client, () => client.query(markFound, [id, external_id, found]));
    if (found === 'gone') outcome.deleted += 1;
    if (found === 'hidden') outcome.hidden += 1;
  }
  return outcome;
}

/** Marks deleted again what a replay has brought back. For a caller in a transaction. */
export async function restoreDeleted(client: PoolClient, connection: string): Promise<void> {
  await client.query(
    `update core.item item
    set deleted_at = absence.deleted_at
    from ingest.absence absence
    where absence.connection_id = $1
      and absence.deleted_at is not null
      and item.connection_id = $1
      and item.external_id = absence.external_id`,
    [connection],
  );
}

async function count(
  client: PoolClient,
  connection: string,
  now: string,
): Promise<{ items: number; missing: number; state: CensusOutcome['state'] }> {
  const compared = await client.query<{ items: number; missing: number }>(comparison, [connection]);
  const { items = 0, missing = 0 } = compared.rows[0] ?? {};
  const isHeld = missing > mostMissing || (missing > fewMissing && missing > items * mostMissingShare);
  const state = isHeld ? 'held' : 'complete';
  await client.query(
    `insert into ingest.census (connection_id, taken_at, items, missing, state)
    values ($1, $2, $3, $4, $5)
    on conflict (connection_id) do update
    set taken_at = excluded.taken_at, items = excluded.items, missing = excluded.missing, state = excluded.state`,
    [connection, now, items, missing, state],
  );
  await client.query(releaseHeld, [connection, isHeld]);
  if (isHeld) await client.query(addHeld, [connection, now]);
  else {
    await client.query(bringBack, [connection]);
    await client.query(addMisses, [connection, now]);
  }
  return { items, missing, state };
}

/** $1 connection. Items not deleted, and how many of them the census does not list. */
const comparison = `
select count(*)::int as items, count(*) filter (where census.external_id is null)::int as missing
from core.item item
left join stage_census census using (external_id)
where item.connection_id = $1
  and item.deleted_at is null`;

/** $1 connection, $2 whether the census is held. What it lists is held no more; nothing is where it is not held. */
const releaseHeld = `
delete from ingest.held_absence held
where held.connection_id = $1
  and (not $2::boolean or exists (select from stage_census census where census.external_id = held.external_id))`;

/** $1 connection, $2 now. */
const addHeld = `
insert into ingest.held_absence (connection_id, external_id, missed_at)
select $1, item.external_id, $2::timestamptz
from core.item item
where item.connection_id = $1
  and item.deleted_at is null
  and not exists (select from stage_census census where census.external_id = item.external_id)
on conflict do nothing`;

/** Gives items the time of deletion that `changed` returns by their external id, and has their facts made anew. $1 connection. */
const settingDeletions = (changed: string) => `
with changed as (${changed}
),
altered as (
  update core.item item
  set deleted_at = changed.deleted_at
  from changed
  where item.connection_id = $1
    and item.external_id = changed.external_id
    and item.deleted_at is distinct from changed.deleted_at
  returning item.item_id
)
insert into facts.dirty (item_id)
select item_id from altered`;

/** $1 connection. What is listed is not missing any more, and not deleted. */
const bringBack = settingDeletions(`
  delete from ingest.absence absence
  using stage_census census
  where absence.connection_id = $1
    and absence.external_id = census.external_id
  returning absence.external_id, null::timestamptz as deleted_at`);

/** $1 connection, $2 now. */
const addMisses = `
insert into ingest.absence as absence (connection_id, external_id, misses, missed_at)
select $1, item.external_id, 1, $2::timestamptz
from core.item item
where item.connection_id = $1
  and item.deleted_at is null
  and not exists (select from stage_census census where census.external_id = item.external_id)
on conflict (connection_id, external_id) do update
set misses = absence.misses + 1`;

/** $1 connection, $2 how often missed. */
const missedItems = `
select absence.external_id, item.url
from ingest.absence absence
join core.item item on item.connection_id = absence.connection_id and item.external_id = absence.external_id
where absence.connection_id = $1
  and absence.misses >= $2
  and item.deleted_at is null
order by absence.external_id`;

/** $1 connection, $2 item, $3 what was found. A deletion dates from when the item was first missed. */
const markFound = settingDeletions(`
  update ingest.absence
  set found = $3,
    misses = case when $3 = 'present' then 0 else misses end,
    deleted_at = case when $3 = 'gone' then missed_at end
  where connection_id = $1
    and external_id = $2
  returning external_id, deleted_at`);
