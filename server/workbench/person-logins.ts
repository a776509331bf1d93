import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { inTransaction } from '#etl/transaction.js';
import type { Scope } from '../access/principal.js';
import { catalogueLock } from '../database/catalogue-lock.js';
import { hasProgramRoles, settleRights } from '../database/settle-rights.js';
import { Conflict, Missing, Refusal } from '../refusal.js';
import { closeDatabase, gapsOf } from './policy.js';
import { dropRole, ensureRole, grantViews, personRole } from './roles.js';

export interface PersonLogin {
  name: string;
  role: string;
  scope: Scope | null;
  /** ISO. */
  madeAt: string;
}

const nameForm = /^[a-z][a-z0-9_]{0,29}$/;

/** Those made for persons, by name. */
export async function readPersonLogins(pool: pg.Pool): Promise<PersonLogin[]> {
  const { rows } = await pool.query<PersonLogin>(
    `select label as name, role_name as role, scope, to_char(made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "madeAt"
    from app.analyst_role where label <> '' order by label`,
  );
  return rows;
}

/** Makes a login of PostgreSQL that may read what the workbench may. Gives its role and password, which is kept nowhere. Throws a `Conflict` where there is one of that name. */
export async function makePersonLogin(
  admin: pg.PoolClient,
  app: string,
  { name, scope }: { name: string; scope: Scope | null },
): Promise<{ role: string; password: string }> {
  if (!nameForm.test(name))
    throw new Refusal(`"${name}" is no name of a login: use lower-case letters, digits and _, 30 at most, a letter first.`);
  const role = await personRole(admin, name);
  const password = randomBytes(24).toString('base64url');
  await inTransaction(admin, async () => {
    if ((await find(admin, name)) !== null)
      throw new Conflict(
        `There is an analyst "${name}" already; remove it first, or give it a new password: throughline analyst password ${name}`,
      );
    await admin.query('select pg_advisory_xact_lock($1)', [catalogueLock]);
    if (await hasProgramRoles(admin)) await settleRights(admin);
    await closeDatabase(admin, app);
    await ensureRole(admin, { name: role, label: name, scope, password });
    await grantViews(admin);
    const gaps = await gapsOf(admin, role);
    if (gaps.length > 0) throw new Refusal(`The login could do too much, so it was not made: ${gaps.join('; ')}.`);
  });
  return { role, password };
}

/** A new password in the place of the old one; sessions that are open stay. Throws `Missing`. */
export async function renewPassword(admin: pg.PoolClient, name: string): Promise<{ role: string; password: string }> {
  const found = await mustFind(admin, name);
  const password = randomBytes(24).toString('base64url');
  await inTransaction(admin, () => ensureRole(admin, { name: found.role, label: name, scope: found.scope, password }));
  return { role: found.role, password };
}

/** Removes the login and ends its sessions. Throws `Missing`. */
export async function removePersonLogin(admin: pg.PoolClient, name: string): Promise<void> {
  const { role } = await mustFind(admin, name);
  await admin.query(`alter role "${role}" nologin`);
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [role]);
  await inTransaction(admin, () => dropRole(admin, role));
}

async function find(admin: pg.PoolClient, name: string): Promise<{ role: string; scope: Scope | null } | null> {
  const { rows } = await admin.query<{ role: string; scope: Scope | null }>(
    `select role_name as role, scope from app.analyst_role where label = $1 and label <> ''`,
    [name],
  );
  return rows[0] ?? null;
}

async function mustFind(admin: pg.PoolClient, name: string): Promise<{ role: string; scope: Scope | null }> {
  const found = await find(admin, name);
  if (!found) throw new Missing(`There is no analyst "${name}"; throughline analyst list names them.`);
  return found;
}
