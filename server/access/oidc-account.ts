import type pg from 'pg';
import { withTransaction } from '#etl/transaction.js';
import { Conflict, Refusal } from '../refusal.js';
import { seenName } from './account-name.js';
import { addAccount, changeAccount, emailOf, freeName, readAccount } from './accounts.js';
import type { Identity } from './oidc.js';
import type { Role } from './principal.js';

/**
 * Nobody here belongs to who came back, for this reason; `no-account` also where one with the same
 * address exists: an address proves nothing.
 */
export class NoAccount extends Error {
  constructor(readonly reason: 'no-account' | 'disabled') {
    super(reason);
    this.name = 'NoAccount';
  }
}

export interface Found {
  account: string;
  /** Made by this sign-in. */
  isNew: boolean;
}

/**
 * The account of somebody the provider vouches for, found by issuer and subject alone. Where a role is given for new ones, one is made;
 * where the provider says the role, the account gets it, and whoever it gives none is not let in with the one of earlier. Throws
 * `NoAccount`.
 */
export async function accountOfIdentity(pool: pg.Pool, identity: Identity, newAccounts: Role | null, now: Date): Promise<Found> {
  const { rows } = await pool.query<{ account: string; isDisabled: boolean; role: Role }>(
    `update app.identity identity set last_used_at = $3
    from app.account account
    where account.id = identity.account_id and identity.issuer = $1 and identity.subject = $2
    returning account.id as account, account.disabled_at is not null as "isDisabled", account.role`,
    [identity.issuer, identity.subject, now],
  );
  const [known] = rows;
  if (known?.isDisabled) throw new NoAccount('disabled');
  if (identity.role === 'none') throw new NoAccount('no-account');
  if (known) {
    if (identity.role !== null && identity.role !== known.role) {
      await changeAccount(pool, known.account, { role: identity.role }, now).catch(unlessLastAdmin);
    }
    return { account: known.account, isNew: false };
  }
  if (newAccounts === null) throw new NoAccount('no-account');
  return { account: await newAccount(pool, identity, identity.role ?? newAccounts), isNew: true };
}

/** The account is also reached through the provider from now on. Throws `Conflict` where another account is. */
export async function linkIdentity(
  db: pg.Pool | pg.ClientBase,
  account: string,
  { issuer, subject }: Pick<Identity, 'issuer' | 'subject'>,
): Promise<void> {
  const { rows } = await db.query<{ account: string }>(
    `insert into app.identity as identity (issuer, subject, account_id) values ($1, $2, $3)
    on conflict (issuer, subject) do update set linked_at = identity.linked_at
    returning account_id as account`,
    [issuer, subject, account],
  );
  if (rows[0]?.account !== account) throw new Conflict('This person of the provider belongs to another account here.');
}

/** Its ways in through a provider, the first one first. */
export async function readIdentities(db: pg.Pool, account: string): Promise<{ issuer: string; linkedAt: Date }[]> {
  const { rows } = await db.query<{ issuer: string; linkedAt: Date }>(
    'select issuer, linked_at as "linkedAt" from app.identity where account_id = $1 order by linked_at, issuer',
    [account],
  );
  return rows;
}

/** Throws a `Refusal` where the account has no password and so could not be opened any more. */
export async function unlinkIdentities(pool: pg.Pool, account: string): Promise<void> {
  const { hasPassword } = await readAccount(pool, account);
  if (!hasPassword)
    throw new Refusal('This account has no password, so it could not be opened any more; have an administrator send a link to set one.');
  await pool.query('delete from app.identity where account_id = $1', [account]);
}

async function newAccount(pool: pg.Pool, identity: Identity, role: Role): Promise<string> {
  return withTransaction(pool, async (client) => {
    const email = readable(identity.email);
    if (email === null) throw new NoAccount('no-account');
    const name = await freeName(client, seenName(identity.name ?? '').slice(0, 120) || email, email);
    try {
      const { id } = await addAccount(client, { email, name, role, scope: null, seesNames: false });
      await linkIdentity(client, id, identity);
      return id;
    } catch (error) {
      if (error instanceof Conflict) throw new NoAccount('no-account');
      throw error;
    }
  });
}

function readable(email: string | null): string | null {
  try {
    return email === null ? null : emailOf(email);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** The last administrator stays one, whatever the provider says: the accounts must stay in somebody's hands. */
function unlessLastAdmin(error: unknown): void {
  if (!(error instanceof Refusal)) throw error;
}
