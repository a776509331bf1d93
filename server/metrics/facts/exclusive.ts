import type pg from 'pg';

const lockKey = 7_231_001;

/** True while a process derives. */
export async function isDeriving(pool: pg.Pool): Promise<boolean> {
  const held = await pool.query<{ held: boolean }>(
    `select exists (
      select from pg_locks
      where locktype = 'advisory' and classid = 0 and objid = $1 and objsubid = 1 and granted
        and database = (select oid from pg_database where datname = current_database())
    ) as held`,
    [lockKey],
  );
  return held.rows[0]?.held === true;
}

/** Does the work while no other process derives; null at once where one does and `wait` is false. */
export async function exclusively<T>(pool: pg.Pool, wait: boolean, work: (client: pg.PoolClient) => Promise<T>): Promise<T | null> {
  const client = await pool.connect();
  let isLost = false;
  try {
    return (await lock(client, wait)) ? await work(client) : null;
  } catch (error) {
    isLost = !(await rolledBack(client));
    throw error;
  } finally {
    if (!isLost) await client.query('select pg_advisory_unlock_all()');
    client.release(isLost);
  }
}

/** False where the connection is gone; with it went the transaction and the lock. */
async function rolledBack(client: pg.PoolClient): Promise<boolean> {
  return client.query('rollback').then(
    () => true,
    () => false,
  );
}

async function lock(client: pg.PoolClient, wait: boolean): Promise<boolean> {
  if (wait) {
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    return true;
  }
  const tried = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [lockKey]);
  return tried.rows[0]?.locked === true;
}
