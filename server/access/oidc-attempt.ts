import { createHmac } from 'node:crypto';
import type pg from 'pg';
import { hashOfKey, newOpaqueKey } from './opaque-key.js';

type Queries = Pick<pg.Pool, 'query'>;

/** As long as somebody may take at the provider. */
const lastsMs = 10 * 60_000;

/** A way to the provider and back, which one browser goes once. */
export interface Attempt {
  /** To be linked with who comes back; null: a sign-in. */
  account: string | null;
  /** Path of the page to go on to. */
  next: string;
}

/** What the answer of the provider has to agree with, all made of the key in the cookie of the browser. */
export interface Proofs {
  state: string;
  nonce: string;
  /** Of PKCE (RFC 7636). */
  verifier: string;
}

/** Gives the key for the cookie; the database keeps a hash of it. */
export async function beginAttempt(db: Queries, { account, next }: Attempt, now: Date): Promise<string> {
  const key = newOpaqueKey();
  await db.query('delete from app.identity_attempt where expires_at <= $1', [now]);
  await db.query('insert into app.identity_attempt (cookie_hash, account_id, next_path, expires_at) values ($1, $2, $3, $4)', [
    hashOfKey(key),
    account,
    next,
    new Date(now.getTime() + lastsMs),
  ]);
  return key;
}

/** Ends it, whatever the provider says. Null where it has ended before, or was never begun by this browser. */
export async function endAttempt(db: Queries, key: string, now: Date): Promise<Attempt | null> {
  const { rows } = await db.query<Attempt & { isInTime: boolean }>(
    `delete from app.identity_attempt where cookie_hash = $1
    returning account_id as account, next_path as next, expires_at > $2 as "isInTime"`,
    [hashOfKey(key), now],
  );
  const [row] = rows;
  return row?.isInTime ? { account: row.account, next: row.next } : null;
}

export function proofsOf(key: string): Proofs {
  const made = (use: string) => createHmac('sha256', key).update(use).digest('base64url');
  return { state: made('state'), nonce: made('nonce'), verifier: made('verifier') };
}
