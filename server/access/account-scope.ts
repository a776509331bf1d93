import type pg from 'pg';
import type { Dimension } from '#dashboards/metric-result.js';
import { isSeen } from './narrow.js';
import type { Scope } from './principal.js';

/** Of the addresses those of accounts that may not see all that the filters leave, or may not sign in any more. */
export async function addressesOutOfScope(
  db: Pick<pg.Pool, 'query'>,
  addresses: readonly string[],
  filters: Partial<Record<Dimension, string[]>>,
): Promise<Set<string>> {
  const { rows } = await db.query<{ email: string; scope: Scope | null; isDisabled: boolean }>(
    `select email, scope, disabled_at is not null as "isDisabled" from app.account where email = any($1::text[])`,
    [addresses.map((address) => address.toLowerCase())],
  );
  const out = new Set(rows.filter(({ scope, isDisabled }) => isDisabled || !isSeen(filters, { scope })).map(({ email }) => email));
  return new Set(addresses.filter((address) => out.has(address.toLowerCase())));
}
