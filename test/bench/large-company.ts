import type pg from 'pg';
import { signals } from '#etl/connector.js';
import {
  chance,
  createPortion,
  dropKeys,
  insertAround,
  insertConnection,
  insertEvents,
  insertItems,
  restoreKeys,
} from './large-company.sql.js';

/** The story of so many items fits into memory while it is written. */
const portionSize = 10_000;

/** One for each core of a small machine. */
const writers = 2;

/** Writes the made-up company into an empty, migrated database: `items` items with some 15 events each. The same every time. */
export async function insertLargeCompany(pool: pg.Pool, items: number): Promise<void> {
  const capabilities = Object.fromEntries(signals.map((signal) => [signal, { fidelity: 'full' }]));
  await onOne(pool, async (client) => {
    await client.query(chance);
    await client.query(insertConnection, [JSON.stringify(capabilities)]);
    for (const statement of insertAround) await client.query(statement);
    await client.query(dropKeys);
  });
  const portions = Array.from({ length: Math.ceil(items / portionSize) }, (_, index) => index * portionSize + 1);
  const write = () =>
    onOne(pool, async (client) => {
      await client.query(`set synchronous_commit = off; set work_mem = '256MB'; ${chance}`);
      for (let first = portions.shift(); first !== undefined; first = portions.shift()) {
        await client.query(createPortion, [first, Math.min(items, first + portionSize - 1), items]);
        await client.query(insertItems);
        await client.query(insertEvents);
        await client.query('drop table portion');
      }
    });
  await Promise.all(Array.from({ length: writers }, write));
  await onOne(pool, async (client) => {
    await client.query("set maintenance_work_mem = '512MB'");
    for (const statement of restoreKeys) await client.query(statement);
    await client.query('insert into facts.dirty (item_id) select item_id from core.item');
    await client.query('vacuum analyze');
  });
}

async function onOne(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await work(client);
  } finally {
    client.release(true);
  }
}
