import { may, ownerOfTheMachine, type Principal, type Role, type Scope } from '../access/principal.js';
import type { ExportSource } from '../api.js';
import { Refusal } from '../refusal.js';

/** What the account of an owner may do now; null: it was removed. */
export type OwnerAccount = { role: Role; scope: Scope | null; isDisabled: boolean } | null;

/**
 * With whose rights rows are read: those its owner has now, whatever that one had when it was made. Of no account: all. Throws a `Refusal`
 * where its owner may not take them any more.
 */
export function ownerRights(ownerId: string | null, account: OwnerAccount, source: ExportSource): Principal {
  if (ownerId === null) return ownerOfTheMachine;
  if (!account || account.isDisabled)
    throw new Refusal('The account it belongs to may not sign in any more; an administrator can hand it to another one.');
  const as: Principal = { ...ownerOfTheMachine, id: ownerId, role: account.role, scope: account.scope, seesNames: false, by: 'session' };
  if (!may(as, 'export') || (source.kind === 'query' && !may(as, 'query')))
    throw new Refusal('The account it belongs to may not take such files any more; an administrator can hand it to another one.');
  return as;
}
