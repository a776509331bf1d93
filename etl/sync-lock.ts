import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { hasCode } from './error-code.js';
import { guardTransactions } from './transaction.js';

/** A killed process frees its lease when its database session ends, which takes a moment. */
const patienceMs = 3_000;
const lookEveryMs = 100;

/** A worker that is silent for this long has lost the connection. Renewed three times as often, and by every transaction. */
const leaseMs = 30_000;

/** Another process is at work on the connection. */
export class AlreadySyncing extends Error {
  override name = 'AlreadySyncing';
}

/** This worker was silent for so long that another one took over: what it was about to write is refused. */
export class LeaseLost extends Error {
  override name = 'LeaseLost';
}

/**
 * Runs `work` while this session alone holds the connection; throws `AlreadySyncing` where another does. It holds it by a
 * lease: who stays silent for longer than `ms` loses it, and every transaction of a worker that lost it throws `LeaseLost`.
 */
export async function holdConnection<T>(
  pool: Pool,
  connection: { id: string; name: string },
  work: (client: PoolClient) => Promise<T>,
  ms = leaseMs,
): Promise<T> {
  const client = await pool.connect();
  const onLost = () => undefined;
  client.on('error', onLost);
  let isHealthy = false;
  try {
    const token = await acquire(client, connection.id, ms);
    if (token === null) {
      isHealthy = true;
      throw new AlreadySyncing(`"${connection.name}" is already syncing in another process; wait for it to end or stop it.`);
    }
    const renew = async (by: Pool | PoolClient) => (await by.query(renewLease, [connection.id, token, ms])).rowCount === 1;
    guardTransactions(client, async () => {
      if (await renew(client)) return;
      throw new LeaseLost(
        `"${connection.name}": this worker was silent for too long and another took over; nothing more of it is written.`,
      );
    });
    // A beat that fails is made good by the next one; a lease that is lost is met by the next transaction.
    let isBeating = false;
    const beat = setInterval(() => {
      if (isBeating) return;
      isBeating = true;
      void renew(pool)
        .catch(() => undefined)
        .finally(() => (isBeating = false));
    }, ms / 3);
    try {
      return await work(client);
    } finally {
      clearInterval(beat);
      guardTransactions(client, null);
      isHealthy = await release(client, connection.id, token).then(
        () => true,
        () => false,
      );
    }
  } finally {
    client.off('error', onLost);
    client.release(!isHealthy);
  }
}

async function acquire(client: PoolClient, id: string, ms: number): Promise<string | null> {
  const holder = `${hostname()}:${process.pid}`;
  const take = async () => (await client.query<{ token: string }>(takeLease, [id, holder, ms])).rows[0]?.token ?? null;
  try {
    // A worker that is stopped within a transaction holds its rows: then its session is ended by the server.
    await client.query(`select set_config('lock_timeout', $1, false), set_config('idle_in_transaction_session_timeout', $2, false)`, [
      `${patienceMs}ms`,
      `${ms}ms`,
    ]);
    for (const until = performance.now() + patienceMs; ; await sleep(lookEveryMs)) {
      const token = await take();
      if (token !== null || performance.now() >= until) return token;
    }
  } catch (error) {
    if (!hasCode(error, '55P03')) throw error;
    const ended = await client.query(endSilent, [id, ms]);
    return ended.rowCount === 0 ? null : await take();
  } finally {
    await client.query('reset lock_timeout').catch(() => undefined);
  }
}

async function release(client: PoolClient, id: string, token: string): Promise<void> {
  await client.query(releaseLease, [id, token]);
  await client.query('reset idle_in_transaction_session_timeout');
}

/** $1 connection, $2 holder, $3 milliseconds. No row: another session holds it, is there, and is not silent. */
const takeLease = `
insert into ingest.lease as lease (connection_id, token, holder, session_pid, session_started_at, expires_at)
select $1, 1, $2, pid, backend_start, clock_timestamp() + $3::int * interval '1 millisecond'
from pg_stat_activity
where pid = pg_backend_pid()
on conflict (connection_id) do update
set token = lease.token + 1,
  holder = excluded.holder,
  session_pid = excluded.session_pid,
  session_started_at = excluded.session_started_at,
  expires_at = excluded.expires_at
where lease.expires_at < clock_timestamp()
  or not exists (
    select from pg_stat_activity activity
    where activity.pid = lease.session_pid
      and (activity.backend_start = lease.session_started_at or activity.backend_start is null)
  )
returning token`;

/** $1 connection, $2 milliseconds. Ends a holder that stopped while it sent rows: the server knows no limit for such a wait. */
const endSilent = `
select pg_terminate_backend(activity.pid, ${patienceMs})
from ingest.lease
join pg_stat_activity activity on activity.pid = lease.session_pid
  and activity.backend_start = lease.session_started_at
where lease.connection_id = $1
  and lease.expires_at < clock_timestamp()
  and activity.state = 'active'
  and activity.wait_event = 'ClientRead'
  and activity.state_change < clock_timestamp() - $2::int * interval '1 millisecond'`;

/** $1 connection, $2 token, $3 milliseconds. No row: it is held by another. */
const renewLease = `
update ingest.lease
set expires_at = clock_timestamp() + $3::int * interval '1 millisecond'
where connection_id = $1
  and token = $2`;

const releaseLease = `
update ingest.lease
set expires_at = '-infinity'
where connection_id = $1
  and token = $2`;
