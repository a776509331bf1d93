import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { expect, test } from 'vitest';
import { reasonOf } from '#etl/error-code.js';
import { AlreadySyncing, holdConnection, LeaseLost } from '#etl/sync-lock.js';
import { inTransaction } from '#etl/transaction.js';
import { connectionId } from '#etl/model/ids.js';
import { testDatabase } from '../../support/database.js';
import { historyFor, setUp } from '../conformance/bench-of-one.js';
import { reference } from '../conformance/reference/harness.js';
import { coreHash } from '../core-hash.js';
import { startSync } from './child.js';

const stops = Number(process.env['THROUGHLINE_STOPS'] ?? 4);
/** Long enough that only a worker that is made to stand still loses it, and soon over. */
const leaseMs = 3_000;
const { pool, url } = await testDatabase();
const history = historyFor(reference, { seed: 12, items: 60, events: 6 });

/**
 * Waits until the kernel says that the process stands still. False: it ended, as it does where the machine kept it from its database for
 * longer than its lease.
 */
async function standsStill(child: ChildProcess): Promise<boolean> {
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) return false;
    // A process that has just ended has no such file.
    const told = await readFile(`/proc/${child.pid}/stat`, 'utf8').catch(() => '');
    if (/\) T /.test(told)) return true;
    await new Promise((done) => setTimeout(done, 20));
  }
}

/** Until the lease of the connection has run out by the clock of the database, and no session that stands still holds its row. */
async function expired(name: string): Promise<void> {
  for (;;) {
    const found = await pool.query(
      `select from ingest.lease where connection_id = $1 and expires_at > clock_timestamp()
      union all select from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
      [connectionId(name)],
    );
    if (found.rowCount === 0) return;
    await new Promise((done) => setTimeout(done, 20));
  }
}

/** What `work` gives once no worker holds its connection: one that stopped while it sent rows is ended after a lease of usual length. */
async function onceFree<T>(work: () => Promise<T>): Promise<T> {
  for (const until = performance.now() + 120_000; ;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AlreadySyncing) || performance.now() >= until) throw error;
    }
  }
}

test.skipIf(process.platform !== 'linux')(
  `a worker that stands still past its lease, at any of ${stops} points, writes nothing when it wakes`,
  { timeout: 300_000 + stops * 60_000 },
  async () => {
    const token = Object.values(reference.secrets)[0] ?? '';
    const begin = async () => {
      const bench = await setUp(pool, reference, history);
      await bench.connect();
      return bench;
    };
    const whole = await begin();
    const options = { url, connection: 'tool', when: 'stop', allowed: whole.server.host, token, leaseMs } as const;
    const { leaseMs: _short, ...lasting } = options;
    const statements = Number(await startSync({ ...lasting, statement: 0 }).output);
    const expected = await coreHash(pool);
    await whole.end();
    let vain = 0;
    for (let stop = 0; stop < stops;) {
      const bench = await begin();
      const statement = 20 + Math.floor(((statements - 30) * stop) / stops);
      const { child, output } = startSync({ ...options, allowed: bench.server.host, statement });
      try {
        if (!(await standsStill(child))) {
          vain += 1;
          expect(vain, await output).toBeLessThan(5);
          continue;
        }
        await expired('tool');
        expect(await onceFree(() => bench.sync())).toMatchObject({ state: 'complete' });
        const written = await pool.query('select id, state, finished_at, fetched from ingest.sync_run order by id');
        child.kill('SIGCONT');
        expect(await output).toMatch(/LeaseLost|SyncError/);
        expect((await pool.query('select id, state, finished_at, fetched from ingest.sync_run order by id')).rows).toEqual(written.rows);
        expect({ statement, hash: await coreHash(pool) }).toEqual({ statement, hash: expected });
        stop += 1;
      } finally {
        if (child.exitCode === null && child.signalCode === null) {
          child.kill('SIGKILL');
          await once(child, 'exit');
        }
        await output.catch(() => undefined);
        await bench.end();
      }
    }
  },
);

test('a transaction of a holder whose lease was taken is refused', async () => {
  const connection = { id: connectionId('taken'), name: 'taken' };
  await holdConnection(pool, connection, async (client) => {
    await inTransaction(client, () => client.query(`insert into app.setting (name, value) values ('mine', '1')`));
    await pool.query('update ingest.lease set token = token + 1 where connection_id = $1', [connection.id]);
    const late = inTransaction(client, () => client.query(`insert into app.setting (name, value) values ('late', '1')`));
    await expect(late).rejects.toThrow(LeaseLost);
  });
  expect((await pool.query('select name from app.setting order by name')).rows).toEqual([{ name: 'mine' }]);
});

test('a holder that stopped while it sent rows is ended once its lease has run out', async () => {
  const connection = { id: connectionId('sending'), name: 'sending' };
  const stopped = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const first = holdConnection(
    pool,
    connection,
    (client) =>
      inTransaction(client, async () => {
        const rows = client.query(copyFrom('copy app.setting (name, value) from stdin'));
        const failed = once(rows, 'error').then(([error]) => Promise.reject(error as Error));
        rows.write('sent\t1\n', () => begun.resolve());
        await Promise.race([stopped.promise, failed]);
      }),
    leaseMs,
  ).catch((error: unknown) => reasonOf(error));
  await begun.promise;
  const refused = await holdConnection(pool, connection, async () => 'worked').catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(AlreadySyncing);
  await expired('sending');
  await expect.poll(() => holdConnection(pool, connection, async () => 'worked', leaseMs).catch(() => 'refused')).toBe('worked');
  stopped.resolve();
  expect(await first).toMatch(/terminating connection|Connection terminated/);
  expect((await pool.query(`select from app.setting where name = 'sent'`)).rowCount).toBe(0);
});

test('of two workers on one connection one works and the other says so', async () => {
  const connection = { id: connectionId('both'), name: 'both' };
  const other = Promise.withResolvers<string>();
  let entered = 0;
  const work = () =>
    holdConnection(pool, connection, async () => {
      entered += 1;
      if (entered === 2) other.resolve('at work too');
      await other.promise;
      return 'worked';
    }).catch((error: unknown) => {
      if (!(error instanceof AlreadySyncing)) throw error;
      other.resolve('refused');
      return 'refused';
    });
  expect((await Promise.all([work(), work()])).sort()).toEqual(['refused', 'worked']);
  expect(await other.promise).toBe('refused');
});
