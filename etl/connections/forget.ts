import type { PoolClient } from 'pg';

/** Removes what a connection brought, but not the connection itself. Its items are marked for the facts. */
export async function forgetData(client: PoolClient, connection: string): Promise<void> {
  await forgetStory(client, connection);
  for (const table of ['raw_record', 'checkpoint', 'quarantine', 'absence', 'held_absence', 'census']) {
    await client.query(`delete from ingest.${table} where connection_id = $1`, [connection]);
  }
  await client.query('update ingest.connection set as_of_at = null, last_complete_at = null where id = $1', [connection]);
}

/** Removes what the raw records were mapped to; the raw records stay. */
export async function forgetStory(client: PoolClient, connection: string): Promise<void> {
  await client.query(
    `insert into facts.dirty (item_id)
    select item_id from core.item where connection_id = $1`,
    [connection],
  );
  for (const table of ['message', 'event', 'link', 'alias']) {
    await client.query(
      `delete from core.${table} told
      using core.item item
      where item.item_id = told.item_id
        and item.connection_id = $1`,
      [connection],
    );
  }
  for (const table of ['item', 'person', 'team', 'customer', 'status']) {
    await client.query(`delete from core.${table} where connection_id = $1`, [connection]);
  }
}
