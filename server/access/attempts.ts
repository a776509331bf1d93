import { createHash } from 'node:crypto';
import type pg from 'pg';
import { withTransaction } from '#etl/transaction.js';

/** After so many failures one has to wait, longer each time. */
const freeFailures = 5;
const firstWaitSeconds = 60;
const longestWaitSeconds = 900;
/** When all is forgotten. */
const forgottenSeconds = 3_600;

/**
 * Counts an attempt before it is judged, so that many at once count as many. Gives the seconds to
 * wait where there were too many; null: go on.
 */
export async function beginAttempt(pool: pg.Pool, subjects: readonly string[], now: Date): Promise<number | null> {
  await forget(pool, now);
  return withTransaction(pool, async (client) => {
    let wait = 0;
    // In one order, so that two of them never wait for each other.
    for (const subject of [...subjects].sort()) {
      const { rows } = await client.query<{ failures: number; waited: number }>(
        `
        insert into app.sign_in_attempt (subject, failures, last_at)
        values ($1, 0, $2)
        on conflict (subject) do update set
          failures = case when app.sign_in_attempt.last_at < $2::timestamptz - make_interval(secs => $3) then 0 else app.sign_in_attempt.failures end
        returning failures, extract(epoch from $2::timestamptz - last_at)::float8 as waited`,
        [subject, now, forgottenSeconds],
      );
      const { failures, waited } = rows[0] ?? { failures: 0, waited: 0 };
      // Of attempts at the same moment, one that began earlier may be counted later.
      wait = Math.max(wait, waitAfter(failures) - Math.max(0, waited));
    }
    if (wait > 0) throw new Waiting(Math.ceil(wait));
    await client.query('update app.sign_in_attempt set failures = failures + 1, last_at = $2 where subject = any($1)', [subjects, now]);
    return null;
  }).catch((error: unknown) => {
    if (error instanceof Waiting) return error.seconds;
    throw error;
  });
}

/** Rolls back: whoever has to wait leaves nothing behind, however many accounts are typed meanwhile. */
class Waiting extends Error {
  constructor(readonly seconds: number) {
    super();
  }
}

/** What is forgotten is not kept either. Those at work on a row are left alone. */
async function forget(pool: pg.Pool, now: Date): Promise<void> {
  await pool.query(
    `delete from app.sign_in_attempt
    where subject in (
      select subject from app.sign_in_attempt where last_at < $1::timestamptz - make_interval(secs => $2) limit 1000 for update skip locked
    )`,
    [now, forgottenSeconds],
  );
}

/** The attempt succeeded: nothing is held against the account, and this one not against the address it came from. */
export async function forgiveAttempt(db: pg.Pool | pg.ClientBase, account: string, address: string): Promise<void> {
  await db.query('delete from app.sign_in_attempt where subject = $1', [account]);
  await db.query('update app.sign_in_attempt set failures = greatest(0, failures - 1) where subject = $1', [address]);
}

/** What is typed as an account, whether or not there is one. Hashed, because people type passwords there. */
export function accountSubject(email: string): string {
  return `account:${createHash('sha256').update(email.trim().toLowerCase()).digest('base64url')}`;
}

/** Where an attempt comes from. Whoever has one IPv6 address has the other 2^64 of its network too. */
export function addressSubject(address: string): string {
  const four = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (four !== undefined) return `address:${four}`;
  const [head = '', tail] = address.toLowerCase().split('::');
  const [first, last] = [head, tail ?? ''].map((part) => part.split(':').filter((group) => group !== ''));
  const missing = 8 - (first?.length ?? 0) - (last?.length ?? 0);
  const groups = [...(first ?? []), ...Array<string>(Math.max(0, missing)).fill('0'), ...(last ?? [])];
  return `address:${groups.slice(0, 4).join(':')}::/64`;
}

/** 1, 2, 4, 8, then 15 minutes. */
function waitAfter(failures: number): number {
  return failures < freeFailures ? 0 : Math.min(longestWaitSeconds, firstWaitSeconds * 2 ** (failures - freeFailures));
}
