import type pg from 'pg';
import { hashOfKey, newOpaqueKey } from './opaque-key.js';

type Queries = Pick<pg.Pool, 'query'>;

const lastsMs = 5 * 60_000;
export const mostTries = 5;

/** The password of an account was right; the second factor is asked of the browser that holds the key. Others of the account end. */
export async function beginHalfSignIn(db: Queries, account: string, now: Date): Promise<string> {
  const key = newOpaqueKey();
  await db.query('delete from app.half_sign_in where account_id = $1 or expires_at <= $2', [account, now]);
  await db.query('insert into app.half_sign_in (token_hash, account_id, expires_at) values ($1, $2, $3)', [
    hashOfKey(key),
    account,
    new Date(now.getTime() + lastsMs),
  ]);
  return key;
}

/** Counts a try, before it is looked at. Null where nothing waits for one, or the tries are used up: the password is asked again. */
export async function tryHalfSignIn(db: Queries, key: string, now: Date): Promise<{ account: string } | null> {
  const { rows } = await db.query<{ account: string }>(
    `update app.half_sign_in set tries = tries + 1
    where token_hash = $1 and expires_at > $2 and tries < $3
    returning account_id as account`,
    [hashOfKey(key), now, mostTries],
  );
  return rows[0] ?? null;
}

export async function endHalfSignIn(db: Queries, key: string): Promise<void> {
  await db.query('delete from app.half_sign_in where token_hash = $1', [hashOfKey(key)]);
}
