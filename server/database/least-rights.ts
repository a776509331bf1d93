import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { hasCode, reasonOf } from '#etl/error-code.js';
import { inTransaction } from '#etl/transaction.js';
import type { VaultKey } from '#etl/vault/key.js';
import { addressOf } from './address.js';
import { catalogueLock } from './catalogue-lock.js';
import { administerOnce } from './pool.js';
import { programPassword, programRoles, type ProgramRoles } from './program-roles.js';
import { calledFunctions } from './rights.js';
import { scramVerifier } from './scram.js';
import { settleRights } from './settle-rights.js';

/** How the program works in the database. */
export type ProgramRights =
  | { isLeast: true; app: string; etl: string }
  | {
      isLeast: false;
      /** Whom it works as. */
      user: string;
      /** `forbidden`: it may make no roles. `other-key`: a server of another key works there. `shut-out`: its logins do not get in. */
      why: 'forbidden' | 'other-key' | 'shut-out';
      reason: string;
    };

interface ProgramLogins {
  rights: ProgramRights;
  /** Addresses of the database with the logins of the program; that of the administrator where these cannot be used. */
  app: string;
  etl: string;
}

interface Self {
  user: string;
  isSuper: boolean;
  mayMakeRoles: boolean;
}

/**
 * Makes the roles of the program and their rights, or puts them right, as the administrator whose address is given, and proves that its
 * logins can work. Where that cannot be, the program works as the administrator, as it did before there were such roles.
 */
export async function leastRights(url: string, readKey: () => Promise<VaultKey>): Promise<ProgramLogins> {
  return administerOnce(url, async (admin) => {
    const self = await whoAmI(admin);
    const asBefore = (why: 'forbidden' | 'other-key' | 'shut-out', error: unknown): ProgramLogins => ({
      rights: { isLeast: false, user: self.user, why, reason: reasonOf(error) },
      app: url,
      etl: url,
    });
    try {
      const key = await readKey();
      const roles = await programRoles(admin);
      const there = await inTransaction(admin, () => prepare(admin, self, roles, key));
      if (!there) return asBefore('forbidden', `${self.user} may make no roles`);
      const logins = {
        rights: { isLeast: true as const, app: roles.app, etl: roles.etl },
        app: addressOf(url, roles.app, programPassword(key, roles.app)),
        etl: addressOf(url, roles.etl, programPassword(key, roles.etl)),
      };
      try {
        await prove(logins);
      } catch (error) {
        if (!isWrongPassword(error) || !self.mayMakeRoles) throw error;
        if (await isInUse(admin, roles))
          return asBefore('other-key', `${roles.app} and ${roles.etl} are in use with the passwords of another key`);
        for (const role of [roles.app, roles.etl]) await admin.query(`alter role "${role}" password '${verifierOf(key, role)}'`);
        await prove(logins);
      }
      return logins;
    } catch (error) {
      return asBefore('shut-out', error);
    }
  });
}

async function whoAmI(admin: pg.ClientBase): Promise<Self> {
  const { rows } = await admin.query<Self>(
    `select rolname as user, rolsuper as "isSuper", rolsuper or rolcreaterole as "mayMakeRoles" from pg_roles where rolname = current_user`,
  );
  if (!rows[0]) throw new Error('The database does not tell who its user is.');
  return rows[0];
}

/** False where there are no roles and none may be made. */
async function prepare(admin: pg.ClientBase, self: Self, roles: ProgramRoles, key: VaultKey): Promise<boolean> {
  await admin.query('select pg_advisory_xact_lock($1)', [catalogueLock]);
  const { rows } = await admin.query<{ name: string }>('select rolname as name from pg_roles where rolname = any ($1)', [
    [roles.owner, roles.app, roles.etl],
  ]);
  const known = rows.map(({ name }) => name);
  if (known.length < 3 && !self.mayMakeRoles) return false;
  if (!known.includes(roles.owner)) await admin.query(`create role "${roles.owner}" nologin`);
  for (const role of [roles.app, roles.etl]) {
    if (!known.includes(role)) await admin.query(`create role "${role}" login password '${verifierOf(key, role)}'`);
  }
  await join(admin, roles.etl, roles.owner);
  if (!self.isSuper) for (const role of [roles.owner, roles.etl]) await join(admin, role, self.user);
  await settleRights(admin);
  return true;
}

/** Who owns the schemas alters what is in them, facts too. */
async function join(admin: pg.ClientBase, role: string, member: string): Promise<void> {
  const { rows } = await admin.query<{ has: boolean }>(`select pg_has_role($1, $2, 'usage') as has`, [member, role]);
  if (!rows[0]?.has) await admin.query(`grant ${pg.escapeIdentifier(role)} to ${pg.escapeIdentifier(member)}`);
}

function verifierOf(key: VaultKey, role: string): string {
  return scramVerifier(programPassword(key, role));
}

/** A server that starts with another key at the same time has sessions by then. */
const startingMs = 2_000;

/** A server that works shows in its sessions: the one for facts never rests. */
async function isInUse(admin: pg.ClientBase, roles: ProgramRoles): Promise<boolean> {
  if (await hasSessions(admin, roles)) return true;
  await pause(startingMs);
  return hasSessions(admin, roles);
}

async function hasSessions(admin: pg.ClientBase, { app, etl }: ProgramRoles): Promise<boolean> {
  const { rowCount } = await admin.query('select from pg_stat_activity where usename = any ($1) and datname = current_database()', [
    [app, etl],
  ]);
  return rowCount !== 0;
}

/** Throws where a login does not get in, is taken for another one on the way, or lacks what every transaction needs. */
async function prove({ app, etl, rights }: ProgramLogins & { rights: { app: string; etl: string } }): Promise<void> {
  await Promise.all([proveOne(app, rights.app), proveOne(etl, rights.etl)]);
}

async function proveOne(address: string, role: string): Promise<void> {
  const client = new pg.Client({ connectionString: address, connectionTimeoutMillis: 10_000, application_name: 'throughline start' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ user: string; missing: string[] }>(
      `select session_user as user, array(
        select f from unnest($1::text[]) f where to_regprocedure(f) is not null and not has_function_privilege(to_regprocedure(f), 'execute')
      ) as missing`,
      [calledFunctions],
    );
    const [found] = rows;
    if (found?.user !== role) throw new Error(`${role} is taken for ${found?.user ?? 'nobody'}`);
    if (found.missing.length > 0)
      throw new Error(`${role} may not call ${found.missing.join(', ')}; say "throughline workbench setup" again`);
  } finally {
    await client.end();
  }
}

function isWrongPassword(error: unknown): boolean {
  return hasCode(error, '28P01');
}
