import type pg from 'pg';
import { inTransaction } from '#etl/transaction.js';
import type { VaultKey } from '#etl/vault/key.js';
import type { Scope } from '../access/principal.js';
import { closeDatabase } from './policy.js';
import { ensureRole, grantViews, workbenchPassword, workbenchRole } from './roles.js';

/** Any number, the same in every process: catalogues are changed by one at a time. */
const setupLock = 7_146_031;

/**
 * Closes the database to everybody but `app`, and makes the workbench's login for these scopes; what is right already stays as it is.
 * Needs a superuser. Gives the names of the logins.
 */
export async function setUpWorkbench(
  admin: pg.PoolClient,
  { app, key, scopes }: { app: string; key: VaultKey; scopes: readonly (Scope | null)[] },
): Promise<string[]> {
  return inTransaction(admin, async () => {
    await admin.query('select pg_advisory_xact_lock($1)', [setupLock]);
    await closeDatabase(admin, app);
    const names: string[] = [];
    for (const scope of scopes) {
      const name = await workbenchRole(admin, scope);
      await ensureRole(admin, { name, label: '', scope, password: workbenchPassword(key, name) });
      names.push(name);
    }
    await grantViews(admin);
    return names;
  });
}

/** The address of the database with another login. */
export function addressOf(databaseUrl: string, role: string, password: string): string {
  const address = new URL(databaseUrl);
  address.username = role;
  address.password = password;
  return address.toString();
}
