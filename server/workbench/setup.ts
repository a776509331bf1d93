import type pg from 'pg';
import { inTransaction } from '#etl/transaction.js';
import type { VaultKey } from '#etl/vault/key.js';
import type { Scope } from '../access/principal.js';
import { catalogueLock } from '../database/catalogue-lock.js';
import { hasProgramRoles, settleRights } from '../database/settle-rights.js';
import { closeDatabase } from './policy.js';
import { ensureRole, grantViews, workbenchPassword, workbenchRole } from './roles.js';

/**
 * Closes the database to everybody but the program, whose address is that of `app`, and makes the workbench's login for these scopes; what is right already stays as it is.
 * Needs a superuser. Gives the names of the logins.
 */
export async function setUpWorkbench(
  admin: pg.PoolClient,
  { app, key, scopes }: { app: string; key: VaultKey; scopes: readonly (Scope | null)[] },
): Promise<string[]> {
  return inTransaction(admin, async () => {
    await admin.query('select pg_advisory_xact_lock($1)', [catalogueLock]);
    if (await hasProgramRoles(admin)) await settleRights(admin);
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
