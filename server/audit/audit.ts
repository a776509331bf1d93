import type pg from 'pg';
import type { Principal } from '../access/principal.js';
import type { AuditAction, AuditOutcome } from './audit-actions.js';

export type { AuditAction } from './audit-actions.js';

/** Small facts of what was done. Never secrets, never texts of tickets: such a detail is not to be given. */
export type AuditDetail = Record<string, string | number | boolean | null>;

/** Nobody signed in, but is known: whoever may run commands on this machine, by the name of that account of the machine. */
export interface AtTheMachine {
  command: string;
}

export interface AuditEntry {
  /** Null: the program did it by itself, or nobody is known yet. */
  asker: Principal | AtTheMachine | null;
  action: AuditAction;
  /** What it was done to: an id or a name. */
  object?: string | undefined;
  /** Default: done. */
  outcome?: AuditOutcome | undefined;
  detail?: AuditDetail | undefined;
  /** Where the request came from. */
  address?: string | null | undefined;
}

/** Longer words are cut: a log is no store. */
const mostCharacters = 200;
const mostDetails = 12;

/** Adds a row to `app.audit`. In a transaction it stands or falls with what it tells of. */
export async function recordAudit(db: pg.Pool | pg.ClientBase, entry: AuditEntry): Promise<void> {
  const { account, name, role, by } = asked(entry.asker);
  await db.query(
    `insert into app.audit (account, name, role, by, action, object, outcome, detail, address)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      account,
      name,
      role,
      by,
      entry.action,
      entry.object === undefined ? null : short(entry.object),
      entry.outcome ?? 'done',
      JSON.stringify(shortDetail(entry.detail ?? {})),
      entry.address ?? null,
    ],
  );
}

function asked(asker: AuditEntry['asker']): { account: string | null; name: string; role: string; by: string } {
  if (asker === null) return { account: null, name: '', role: '', by: 'program' };
  if ('command' in asker) return { account: null, name: short(asker.command), role: 'admin', by: 'command' };
  return { account: asker.id, name: short(asker.name), role: asker.role, by: asker.by };
}

function shortDetail(detail: AuditDetail): AuditDetail {
  return Object.fromEntries(
    Object.entries(detail)
      .slice(0, mostDetails)
      .map(([key, value]) => [short(key), typeof value === 'string' ? short(value) : value]),
  );
}

/** Control characters, of which Postgres refuses one, become spaces; halves of characters are mended. */
function short(text: string): string {
  const cut = text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters - 1)}…`;
  return cut.replace(/\p{Cc}/gu, ' ').toWellFormed();
}
