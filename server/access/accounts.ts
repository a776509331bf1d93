import type pg from 'pg';
import { withTransaction } from '#etl/transaction.js';
import type { Account } from '../api.js';
import { iso } from '../database/iso.js';
import { parseAddress } from '../mail/address.js';
import { Conflict, Missing, Refusal } from '../refusal.js';
import { accountName, isNameTaken } from './account-name.js';
import { renameOwner } from './owned-tables.js';
import type { Role, Scope } from './principal.js';
import { endSessions } from './sessions.js';

export interface NewAccount {
  email: string;
  name: string;
  role: Role;
  /** Null: everything. */
  scope: Scope | null;
  seesNames: boolean;
}

export type AccountChange = Partial<Omit<NewAccount, 'email'> & { isDisabled: boolean }>;

const columns = `account.id, account.name, account.email, account.role, account.scope, account.sees_names as "seesNames",
  account.disabled_at is not null as "isDisabled", account.disabled_at is null and account.role <> 'viewer' as "mayOwn",
  account.password_hash is not null as "hasPassword",
  exists (select from app.second_factor factor where factor.account_id = account.id and factor.confirmed_at is not null) as "hasSecondFactor",
  ${iso('account.signed_in_at')} as "signedInAt"`;

/** By name; those that are switched off last. */
export async function readAccounts(pool: pg.Pool): Promise<Account[]> {
  const { rows } = await pool.query<Account>(
    `select ${columns} from app.account account order by disabled_at is not null, lower(name), email`,
  );
  return rows;
}

/** By id or address. Throws `Missing`. */
export async function readAccount(db: pg.Pool | pg.ClientBase, known: string): Promise<Account> {
  const { rows } = await db.query<Account>(`select ${columns} from app.account account where id::text = $1 or email = lower($1)`, [known]);
  if (!rows[0]) throw new Missing(`There is no account "${known}".`);
  return rows[0];
}

/** Without a password yet. Throws a `Refusal` for what is no address, a `Conflict` where it is taken. */
export async function addAccount(db: pg.Pool | pg.ClientBase, told: NewAccount): Promise<Account> {
  const { role, scope, seesNames } = asRoleHas(told);
  const name = accountName(told.name);
  const isTaken = await isNameTaken(db, name);
  const { rows } = await db.query<Account>(
    `
    insert into app.account as account (email, name, role, scope, sees_names)
    select $1, $2, $3, $4, $5 where not $6
    on conflict do nothing
    returning ${columns}`,
    [emailOf(told.email), name, role, json(scope), seesNames, isTaken],
  );
  if (rows[0]) return rows[0];
  const { rowCount } = await db.query('select from app.account where email = $1', [emailOf(told.email)]);
  if (rowCount) throw new Conflict(`There is an account of ${emailOf(told.email)} already.`);
  throw nameTaken(told.name);
}

/** The name somebody bears, with the address where another account bears it too. */
export async function freeName(db: pg.Pool | pg.ClientBase, name: string, email: string): Promise<string> {
  return (await isNameTaken(db, name)) ? `${name} (${email})` : name;
}

/**
 * At once: who may do or see something else than before is signed out everywhere. What it keeps goes by its new name. Throws `Missing`, a
 * `Conflict` where the name is another one's, and a `Refusal` where no administrator would be left.
 */
export function changeAccount(pool: pg.Pool, id: string, change: AccountChange, now: Date): Promise<Account> {
  return withTransaction(pool, async (client) => {
    await keepAnAdmin(client, id, (change.role ?? 'admin') !== 'admin' || change.isDisabled === true);
    const before = await readAccount(client, id);
    const { role, scope, seesNames } = asRoleHas({ ...before, ...change });
    const name = change.name === undefined ? before.name : accountName(change.name);
    if (name !== before.name) await rename(client, id, name);
    const { rows } = await client.query<Account>(
      `
      update app.account account
      set name = $2, role = $3, scope = $4, sees_names = $5, changed_at = $7,
        disabled_at = case when $6 then coalesce(account.disabled_at, $7::timestamptz) end
      where id = $1
      returning ${columns}`,
      [id, name, role, json(scope), seesNames, change.isDisabled ?? before.isDisabled, now],
    );
    const after = rows[0];
    if (!after) throw new Missing(`There is no account "${id}".`);
    const rightsOf = (account: Account) => JSON.stringify([account.role, account.scope, account.seesNames, account.isDisabled]);
    if (rightsOf(before) !== rightsOf(after)) await endSessions(client, id);
    return after;
  });
}

/** With its sessions; what it made stays, and nobody owns it. Throws `Missing`, and a `Refusal` for the last administrator. */
export function removeAccount(pool: pg.Pool, id: string): Promise<void> {
  return withTransaction(pool, async (client) => {
    await keepAnAdmin(client, id, true);
    const { rowCount } = await client.query('delete from app.account where id = $1', [id]);
    if (rowCount === 0) throw new Missing(`There is no account "${id}".`);
  });
}

/** As accounts keep it. Throws a `Refusal`. */
export function emailOf(text: string): string {
  return parseAddress(text.trim()).address.toLowerCase();
}

async function rename(client: pg.ClientBase, id: string, to: string): Promise<void> {
  if (await isNameTaken(client, to, id)) throw nameTaken(to);
  await renameOwner(client, id, to);
}

function nameTaken(name: string): Conflict {
  return new Conflict(`The name "${name}" is another one's; take one that tells the two apart.`);
}

/** Locks the administrators, so that two of them cannot remove each other. */
async function keepAnAdmin(client: pg.ClientBase, id: string, isLost: boolean): Promise<void> {
  if (!isLost) return;
  const { rows } = await client.query<{ id: string }>(
    `select id from app.account where role = 'admin' and disabled_at is null order by id for update`,
  );
  if (rows.length === 1 && rows[0]?.id === id)
    throw new Refusal('This is the last administrator; make another one first, so that the accounts stay in somebody’s hands.');
}

/** An administrator sees everything: whoever gives rights could give them to himself. */
function asRoleHas<Rights extends Pick<NewAccount, 'role' | 'scope' | 'seesNames'>>(told: Rights): Rights {
  return told.role === 'admin' ? { ...told, scope: null, seesNames: true } : told;
}

function json(scope: Scope | null): string | null {
  return scope === null ? null : JSON.stringify(scope);
}
