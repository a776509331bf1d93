import { createHash, createHmac } from 'node:crypto';
import pg from 'pg';
import type { VaultKey } from '#etl/vault/key.js';
import { scopeDimensions, type Scope } from '../access/principal.js';
import { scramVerifier } from '../database/scram.js';

/** Postgres keeps some connections for itself, and the server's own pools take twelve each. */
export const connectionLimit = 8;

/** Defaults of a login; a session may set most of them anew, so the workbench sets its own. */
const settings: Record<string, string> = {
  default_transaction_read_only: 'on',
  idle_in_transaction_session_timeout: '60s',
  lock_timeout: '2s',
  search_path: 'analytics',
  statement_timeout: '10min',
  TimeZone: 'UTC',
  work_mem: '32MB',
};

/** The part of a role's name that is this database's: several of a server never meet. */
async function prefix(client: pg.Pool | pg.ClientBase): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `select 'throughline_analyst_' || oid as name from pg_database where datname = current_database()`,
  );
  return rows[0]?.name ?? '';
}

/** Name of the workbench's login for those who see all, or a part. */
export async function workbenchRole(client: pg.Pool | pg.ClientBase, scope: Scope | null): Promise<string> {
  const name = await prefix(client);
  return scope === null
    ? name
    : `${name}_s_${createHash('sha256')
        .update(JSON.stringify(plain(scope)))
        .digest('hex')
        .slice(0, 12)}`;
}

/** Name of a person's own login. */
export async function personRole(client: pg.Pool | pg.ClientBase, label: string): Promise<string> {
  return `${await prefix(client)}_u_${label}`;
}

/** The workbench's own password: it follows from the key of the installation, so no place keeps it, and every server of it knows it. */
export function workbenchPassword(key: VaultKey, role: string): string {
  return createHmac('sha256', key.bytes).update(`throughline/analyst/${role}`).digest('base64url');
}

export interface NewRole {
  name: string;
  /** Whose; empty: the workbench's. */
  label: string;
  scope: Scope | null;
  password: string;
}

/** Makes the login, or puts it right; it can connect and, once `grantViews` has run, read. Needs a role that may make roles; within a transaction. */
export async function ensureRole(admin: pg.ClientBase, { name, label, scope, password }: NewRole): Promise<void> {
  const found = await admin.query('select from pg_roles where rolname = $1', [name]);
  const role = pg.escapeIdentifier(name);
  await admin.query(
    `${found.rowCount === 0 ? 'create' : 'alter'} role ${role} login noinherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls
    connection limit ${connectionLimit} password '${scramVerifier(password)}'`,
  );
  for (const [setting, value] of Object.entries(settings)) await admin.query(`alter role ${role} set ${setting} = '${value}'`);
  const self = await admin.query<{ isSuper: boolean }>('select rolsuper as "isSuper" from pg_roles where rolname = current_user');
  if (self.rows[0]?.isSuper) await admin.query(`alter role ${role} set temp_file_limit = '2GB'`);
  const database = await admin.query<{ name: string }>('select quote_ident(current_database()) as name');
  await admin.query(`grant connect on database ${database.rows[0]?.name} to ${role}`);
  await admin.query(
    `insert into app.analyst_role (role_name, label, scope) values ($1, $2, $3)
    on conflict (role_name) do update set label = excluded.label, scope = excluded.scope`,
    [name, label, scope && JSON.stringify(plain(scope))],
  );
}

/**
 * Lets the logins that are there read the views, new ones too; a login of a scope only those that keep to it. Needs the owner of the
 * schema; within a transaction.
 */
export async function grantViews(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ statement: string }>(`
    select format('grant usage on schema analytics to %I', r.role_name) as statement
    from app.analyst_role r
    join pg_roles p on p.rolname = r.role_name
    where not has_schema_privilege(p.oid, 'analytics', 'usage')
    union all
    select format('grant select on analytics.%I to %I', c.relname, r.role_name)
    from app.analyst_role r
    join pg_roles p on p.rolname = r.role_name
    join pg_class c on c.relnamespace = 'analytics'::regnamespace and c.relkind = 'v'
    where (r.scope is null or 'security_barrier=true' = any(c.reloptions))
      and not has_table_privilege(p.oid, c.oid, 'select')`);
  for (const { statement } of rows) await client.query(statement);
}

/** Removes the login with all it was granted here. */
export async function dropRole(admin: pg.ClientBase, name: string): Promise<void> {
  const found = await admin.query('select from pg_roles where rolname = $1', [name]);
  if (found.rowCount) await admin.query(`drop owned by ${pg.escapeIdentifier(name)}; drop role ${pg.escapeIdentifier(name)}`);
  await admin.query('delete from app.analyst_role where role_name = $1', [name]);
}

function plain(scope: Scope): Record<string, string[]> {
  return Object.fromEntries(
    scopeDimensions.flatMap((dimension) => {
      const names = scope[dimension];
      return names === undefined ? [] : [[dimension, [...new Set(names)].sort()]];
    }),
  );
}
