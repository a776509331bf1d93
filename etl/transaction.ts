import type { Pool, PoolClient } from 'pg';

const guards = new WeakMap<PoolClient, () => Promise<void>>();

/** Every transaction of this session begins with `guard` from now on; what it throws undoes the transaction. `null` takes it off. */
export function guardTransactions(client: PoolClient, guard: (() => Promise<void>) | null): void {
  if (guard) guards.set(client, guard);
  else guards.delete(client);
}

/** Commits what `work` wrote, or nothing of it. */
export async function inTransaction<T>(client: PoolClient, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    await guards.get(client)?.();
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    // A lost session has rolled back by itself; the error that matters is the first one.
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** The same on a session of its own, which is given back afterwards. */
export async function withTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    return await inTransaction(client, () => work(client));
  } finally {
    client.release();
  }
}
