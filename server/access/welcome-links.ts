import type pg from 'pg';
import { withTransaction } from '#etl/transaction.js';
import type { PasswordFlaw, WelcomeLook } from '../api.js';
import { Missing } from '../refusal.js';
import { addAccount } from './accounts.js';
import { hashOfKey, newOpaqueKey } from './opaque-key.js';
import { flawOf, setPassword, type Person } from './passwords.js';
import { endSessions } from './sessions.js';
import { readFoundation } from './visitors.js';

const validMs = 24 * 3_600_000;

export interface WelcomeLink {
  /** Path of the page, with the key behind the `#`, which browsers send to no server: it stands in the log of no proxy. */
  path: string;
  /** Null: when it is used. */
  expiresAt: Date | null;
}

/** For whom a link is: the first administrator where `account` is null. It takes the place of an earlier one. */
export async function makeWelcomeLink(db: pg.Pool | pg.ClientBase, account: string | null, now: Date): Promise<WelcomeLink> {
  const key = newOpaqueKey();
  const expiresAt = account === null ? null : new Date(now.getTime() + validMs);
  await db.query('delete from app.welcome_link where account_id is not distinct from $1 or expires_at <= $2', [account, now]);
  await db.query('insert into app.welcome_link (key_hash, account_id, expires_at) values ($1, $2, $3)', [
    hashOfKey(key),
    account,
    expiresAt,
  ]);
  return { path: `/welcome#key=${key}`, expiresAt };
}

/** The link that makes the first administrator; null where there is one. */
export async function firstAdminLink(pool: pg.Pool, now: Date): Promise<WelcomeLink | null> {
  const { hasAdmin } = await readFoundation(pool);
  return hasAdmin ? null : makeWelcomeLink(pool, null, now);
}

/** What a link is for. Throws `Missing` for one that was used, has run out or never was. */
export async function lookAtLink(db: pg.Pool | pg.ClientBase, key: string, now: Date): Promise<WelcomeLook & { account: string | null }> {
  const { rows } = await db.query<{ account: string | null; name: string | null; email: string | null; hasAdmin: boolean }>(
    `
    select l.account_id as account, a.name, a.email, exists (select from app.account where role = 'admin') as "hasAdmin"
    from app.welcome_link l
    left join app.account a on a.id = l.account_id
    where l.key_hash = $1
      and (l.expires_at is null or l.expires_at > $2)
      and a.disabled_at is null
    for update of l`,
    [hashOfKey(key), now],
  );
  const found = rows[0];
  if (!found || (found.account === null && found.hasAdmin))
    throw new Missing('This link was used, has run out, or never was one. An administrator can make a new one.');
  return {
    for: found.account === null ? 'first-admin' : 'account',
    account: found.account,
    name: found.name ?? '',
    email: found.email ?? '',
  };
}

export interface Welcomed {
  flaw: PasswordFlaw | null;
  /** Whose password was set; null with a flaw. */
  account: string | null;
  isFirstAdmin: boolean;
}

/**
 * Sets the password by a link, which is used up; makes the first administrator where it is for that one. Ends the sessions of the account.
 * Throws `Missing`, and a `Refusal` for what is no address.
 */
export function followLink(pool: pg.Pool, key: string, password: string, told: Person, publicUrl: string, now: Date): Promise<Welcomed> {
  return withTransaction(pool, async (client) => {
    const link = await lookAtLink(client, key, now);
    const isFirstAdmin = link.for === 'first-admin';
    const flaw = await flawOf(password, isFirstAdmin ? told : link, publicUrl);
    if (flaw !== null) return { flaw, account: null, isFirstAdmin };
    const account = link.account ?? (await addAccount(client, { ...told, role: 'admin', scope: null, seesNames: true })).id;
    await setPassword(client, account, password, now);
    await endSessions(client, account);
    await client.query('delete from app.welcome_link where key_hash = $1', [hashOfKey(key)]);
    return { flaw: null, account, isFirstAdmin };
  });
}
