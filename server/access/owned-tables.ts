import type pg from 'pg';
import type { AuditAction } from '../audit/audit-actions.js';

/** What an administrator may give to an account where nobody owns it. */
export const ownerlessKinds = ['view', 'board', 'query'] as const;
export type OwnerlessKind = (typeof ownerlessKinds)[number];

interface OwnedTable {
  table: string;
  /** Column with the name of the owner, as it is shown. */
  name: string;
}

interface GivenTable extends OwnedTable {
  kind: OwnerlessKind;
  /** Column of what it is called. */
  title: string;
  /** Rows that are there. */
  where: string;
  /** What else is set once it is given. */
  also?: string;
  /** As which it is recorded. */
  action: AuditAction;
}

export const givenTables: readonly GivenTable[] = [
  // The account may have another view that opens first.
  { kind: 'view', table: 'app.saved_view', name: 'owner', title: 'name', where: 'true', also: 'is_default = false', action: 'view.change' },
  { kind: 'board', table: 'app.personal_board', name: 'owner', title: 'title', where: 'removed_at is null', action: 'board.change' },
  { kind: 'query', table: 'app.query', name: 'owner', title: 'title', where: 'true', action: 'query.save' },
];

/** Tables with `owner_account_id`. */
const ownedTables: readonly OwnedTable[] = [
  ...givenTables,
  { table: 'app.schedule', name: 'owner' },
  { table: 'app.export_schedule', name: 'owner' },
  { table: 'app.alert', name: 'owner' },
  { table: 'app.watch_mark', name: 'handled_by' },
  { table: 'app.belief', name: 'person' },
  { table: 'app.belief_skip', name: 'person' },
];

/** What an account owns is shown under its new name. */
export async function renameOwner(db: pg.ClientBase, account: string, name: string): Promise<void> {
  for (const { table, name: column } of ownedTables)
    await db.query(`update ${table} set ${column} = $2 where owner_account_id = $1`, [account, name]);
}
