import { createHmac } from 'node:crypto';
import type pg from 'pg';
import type { VaultKey } from '#etl/vault/key.js';

/** Names of the roles the program has in this database: several databases of a server never meet. */
export interface ProgramRoles {
  /** Owns all but the facts, and cannot sign in. */
  owner: string;
  /** Serves the page and the API. */
  app: string;
  /** Reads tools and derives facts, which it owns: a rebuild puts new tables in the place of the old ones. */
  etl: string;
}

export async function programRoles(client: pg.ClientBase | pg.Pool): Promise<ProgramRoles> {
  const { rows } = await client.query<{ oid: string }>('select oid::text as oid from pg_database where datname = current_database()');
  const of = (part: string) => `throughline_${part}_${rows[0]?.oid ?? ''}`;
  return { owner: of('owner'), app: of('app'), etl: of('etl') };
}

/** The password of a login of the program: it follows from the key of the installation, so no place keeps it. */
export function programPassword(key: VaultKey, role: string): string {
  return createHmac('sha256', key.bytes).update(`throughline/program/${role}`).digest('base64url');
}
