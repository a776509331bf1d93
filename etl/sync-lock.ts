import type { Pool, PoolClient } from 'pg';

/** A killed process frees its lock when its database session ends, which takes a moment. */
const patienceMs = 3_000;

/** Another process is at work on the connection. */
export class AlreadySyncing extends Error {
  override name = 'AlreadySyncing';
}

/** Runs `work` while this session alone holds the connection; throws `AlreadySyncing` where another does. */
export async function holdConnection<T>(
  pool: Pool,
  connection: { id: string; name: string },
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  const onLost = () => undefined;
  client.on('error', onLost);
  let isHealthy = false;
  try {
    if (!(await acquire(client, connection.id))) {
      isHealthy = true;
      throw new AlreadySyncing(`"${connection.name}" is already syncing in another process; wait for it to end or stop it.`);
    }
    try {
      return await work(client);
    } finally {
      isHealthy = await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [connection.id]).then(
        () => true,
        () => false,
      );
    }
  } finally {
    client.off('error', onLost);
    client.release(!isHealthy);
  }
}

async function acquire(client: PoolClient, id: string): Promise<boolean> {
  try {
    await client.query(`select set_config('lock_timeout', $1, false)`, [`${patienceMs}ms`]);
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [id]);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '55P03') return false;
    throw error;
  } finally {
    await client.query('reset lock_timeout').catch(() => undefined);
  }
}
