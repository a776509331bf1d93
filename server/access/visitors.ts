import type pg from 'pg';
import type { Principal } from './principal.js';

/** Whoever looks at the sample on this machine before there is an administrator. */
export const guest: Principal = { id: null, name: '', role: 'lead', scope: null, seesNames: true, by: 'guest', only: null };

/** What is set up: it decides who may look without signing in. */
export interface Foundation {
  hasAdmin: boolean;
  /** Something but the sample is connected. */
  hasOwnData: boolean;
}

export async function readFoundation(db: pg.Pool | pg.ClientBase): Promise<Foundation> {
  const { rows } = await db.query<Foundation>(`
    select
      exists (select from app.account where role = 'admin') as "hasAdmin",
      exists (select from ingest.connection where not is_sample) as "hasOwnData"`);
  return rows[0] ?? { hasAdmin: false, hasOwnData: true };
}

const namesOfThisMachine = ['localhost', '127.0.0.1', '[::1]'];

/** Whether a `Host` header, with or without a port, names this very machine. */
export function isThisMachine(host: string): boolean {
  return namesOfThisMachine.includes(host.replace(/:\d+$/, '').toLowerCase());
}
