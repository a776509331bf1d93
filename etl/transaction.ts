import type { PoolClient } from 'pg';

/** Commits what `work` wrote, or nothing of it. */
export async function inTransaction<T>(client: PoolClient, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    // A lost session has rolled back by itself; the error that matters is the first one.
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}
