import type { Pool, PoolClient } from 'pg';
import { SourceError } from './connector.js';
import { idOf } from './connections/stored.js';
import { holdConnection } from './sync-lock.js';
import { inTransaction } from './transaction.js';

/** A census that waits for a person: what it did not list. */
export interface HeldCensus {
  /** ISO. */
  takenAt: string;
  items: number;
  missing: number;
  /** The latest of them. */
  examples: { externalId: string; title: string | null; url: string | null }[];
}

const mostExamples = 10;

/** Null where no census of the connection is held. */
export async function readHeldCensus(pool: Pool, connection: string): Promise<HeldCensus | null> {
  const { rows } = await pool.query<Omit<HeldCensus, 'takenAt'> & { takenAt: Date }>(
    `select census.taken_at as "takenAt", census.items, census.missing,
      (select coalesce(json_agg(example), '[]')
        from (
          select held.external_id as "externalId", item.title, item.url
          from ingest.held_absence held
          join core.item item on item.connection_id = held.connection_id and item.external_id = held.external_id
          where held.connection_id = census.connection_id
          order by item.as_of_at desc, held.external_id
          limit $2
        ) example) as examples
    from ingest.census census
    where census.connection_id = $1
      and census.state = 'held'`,
    [await idOf(pool, connection), mostExamples],
  );
  const [row] = rows;
  return row ? { ...row, takenAt: row.takenAt.toISOString() } : null;
}

/**
 * Takes what a held census did not list as gone: marked deleted, its story stays, and a later census that lists it brings it back.
 * `missing` is the number that the person was shown; throws `SourceError` where it is another one by now. Says how many.
 */
export async function confirmCensus(pool: Pool, connection: string, missing: number): Promise<number> {
  const id = await idOf(pool, connection);
  return holdConnection(pool, { id, name: connection }, (client) => inTransaction(client, () => confirm(client, id, connection, missing)));
}

async function confirm(client: PoolClient, id: string, connection: string, missing: number): Promise<number> {
  const { rows } = await client.query<{ missing: number }>(
    `select missing from ingest.census where connection_id = $1 and state = 'held' for update`,
    [id],
  );
  const [held] = rows;
  if (!held) throw new SourceError(`No census of "${connection}" waits to be confirmed.`);
  if (held.missing !== missing) throw new SourceError(`${held.missing} items are missing, not ${missing}: look at them again.`);
  const gone = await client.query(takeAsGone, [id]);
  await client.query('delete from ingest.held_absence where connection_id = $1', [id]);
  await client.query(`update ingest.census set state = 'complete' where connection_id = $1`, [id]);
  return gone.rowCount ?? 0;
}

/** $1 connection. */
const takeAsGone = `
with gone as (
  insert into ingest.absence as absence (connection_id, external_id, misses, missed_at, found, deleted_at)
  select connection_id, external_id, 1, missed_at, 'gone', missed_at
  from ingest.held_absence
  where connection_id = $1
  on conflict (connection_id, external_id) do update
  set found = 'gone', deleted_at = absence.missed_at
  returning absence.external_id, absence.deleted_at
),
deleted as (
  update core.item item
  set deleted_at = gone.deleted_at
  from gone
  where item.connection_id = $1
    and item.external_id = gone.external_id
    and item.deleted_at is null
  returning item.item_id
)
insert into facts.dirty (item_id)
select item_id from deleted`;
