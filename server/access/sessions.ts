import type pg from 'pg';
import type { Principal, Role, Scope } from './principal.js';
import { hashOfKey, newOpaqueKey } from './opaque-key.js';

const hourMs = 3_600_000;

/** Ends a session nobody uses. */
export const idleMs = 8 * hourMs;

/** Ends any session. */
export const longestMs = 7 * 24 * hourMs;

/** A write on each request would cost more than it tells. */
const noticedEveryMs = 60_000;

/** Where a browser is. */
export interface Place {
  address: string;
  agent: string;
}

export interface OpenSession {
  id: string;
  principal: Principal;
  /** By a second factor of the account, or by a provider. */
  isDoublyProven: boolean;
}

/**
 * Signs an account in with a token of its own. Gives the token, which is kept nowhere else; it opens nothing where the account was
 * switched off meanwhile, and will not once it is on again. Drops sessions that have run out.
 */
export async function openSession(
  db: pg.Pool | pg.ClientBase,
  account: string,
  { address, agent }: Place,
  now: Date,
  isByProvider = false,
): Promise<string> {
  const token = newOpaqueKey();
  await db.query('delete from app.session where seen_at <= $1 or created_at <= $2', before(now));
  await db.query(
    `
    insert into app.session (token_hash, account_id, created_at, seen_at, address, agent, is_by_provider)
    select $1, account.id, $3, $3, $4, $5, $6
    from app.account account
    where account.id = $2 and account.disabled_at is null`,
    [hashOfKey(token), account, now, address.slice(0, 60), agent.slice(0, 300), isByProvider],
  );
  return token;
}

/** Who is signed in with this token; null: nobody any more. Notes that it was used. */
export async function findSession(pool: pg.Pool, token: string, now: Date): Promise<OpenSession | null> {
  const { rows } = await pool.query<{ id: string; seenAt: Date } & AccountOfSession>(
    `
    select s.id, s.seen_at as "seenAt", a.id as account, a.name, a.role, a.scope, a.sees_names as "seesNames",
      s.is_by_provider or f.confirmed_at is not null as "isDoublyProven"
    from app.session s
    join app.account a on a.id = s.account_id
    left join app.second_factor f on f.account_id = a.id
    where s.token_hash = $1
      and a.disabled_at is null
      and s.seen_at > $2
      and s.created_at > $3`,
    [hashOfKey(token), ...before(now)],
  );
  const found = rows[0];
  if (!found) return null;
  if (now.getTime() - found.seenAt.getTime() >= noticedEveryMs) {
    await pool.query('update app.session set seen_at = $2 where id = $1 and seen_at < $2', [found.id, now]);
  }
  const { account, name, role, scope, seesNames, isDoublyProven } = found;
  return { id: found.id, isDoublyProven, principal: { id: account, name, role, scope, seesNames, by: 'session', only: null } };
}

/** The session of this token, which is known to nobody afterwards. */
export async function endSessionOf(db: pg.Pool | pg.ClientBase, token: string): Promise<void> {
  await db.query('delete from app.session where token_hash = $1', [hashOfKey(token)]);
}

/** All sessions of an account, or all but one. Gives how many. */
export async function endSessions(db: pg.Pool | pg.ClientBase, account: string, except: string | null = null): Promise<number> {
  const { rowCount } = await db.query('delete from app.session where account_id = $1 and ($2::uuid is null or id <> $2)', [
    account,
    except,
  ]);
  return rowCount ?? 0;
}

/** One session of an account. Gives false where it has none of that id. */
export async function endSession(db: pg.Pool | pg.ClientBase, account: string, id: string): Promise<boolean> {
  const { rowCount } = await db.query('delete from app.session where account_id = $1 and id = $2', [account, id]);
  return rowCount === 1;
}

/** Sessions of an account that have not run out, last used first. */
export async function readSessions(
  pool: pg.Pool,
  account: string,
  now: Date,
): Promise<{ id: string; createdAt: Date; seenAt: Date; address: string; agent: string }[]> {
  const { rows } = await pool.query<{ id: string; createdAt: Date; seenAt: Date; address: string; agent: string }>(
    `
    select id, created_at as "createdAt", seen_at as "seenAt", address, agent
    from app.session
    where account_id = $1
      and seen_at > $2
      and created_at > $3
    order by seen_at desc, id`,
    [account, ...before(now)],
  );
  return rows;
}

interface AccountOfSession {
  account: string;
  name: string;
  role: Role;
  scope: Scope | null;
  seesNames: boolean;
  isDoublyProven: boolean;
}

/** Last use and beginning of sessions that have just run out. */
function before(now: Date): [Date, Date] {
  return [new Date(now.getTime() - idleMs), new Date(now.getTime() - longestMs)];
}
