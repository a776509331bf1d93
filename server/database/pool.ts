import pg from 'pg';

/** Connections that speak UTC, whatever the server's default. */
export function openPool(url: string, options: { max: number; name: string }): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max,
    application_name: options.name,
    // To wait for one that is free counts too, and takes seconds where the machine has much to do.
    connectionTimeoutMillis: 30_000,
    idleTimeoutMillis: 30_000,
    options: '-c TimeZone=UTC',
  });
  // An idle connection that breaks is replaced at the next query, which reports what is wrong; unheard, it would end the process.
  pool.on('error', () => undefined);
  // A pool that has ended no longer listens, but its last connections may still be told that the server stops.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/**
 * Works as the administrator of the database, whose address is given, in sessions that end with the work: for what the program's own logins
 * may not do.
 */
export async function administer<T>(url: string, work: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const pool = openPool(url, { max: 2, name: 'throughline administration' });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

/** The same in one session. */
export function administerOnce<T>(url: string, work: (admin: pg.PoolClient) => Promise<T>): Promise<T> {
  return administer(url, async (pool) => {
    const admin = await pool.connect();
    try {
      return await work(admin);
    } finally {
      admin.release();
    }
  });
}
