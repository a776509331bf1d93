import { ForbiddenException } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import type { Account, OwnerShown, OwnerTold } from '../api.js';
import { Refusal } from '../refusal.js';
import { readAccount } from './accounts.js';
import { isOverOwners } from './own.js';
import type { Principal } from './principal.js';

/** As `OwnerTold`, in the body of a request. */
export const ownerTold = {
  owner: z.string().trim().min(1, 'is empty; say whose it is.').max(120).optional(),
  ownerId: z.uuid().optional(),
};

/**
 * Whose a thing is that goes on by itself, once somebody has made or changed it: the account that made it, until an administrator hands it
 * to another one; what nobody owns is of who changes it. Where nobody signs in it is of the name that was typed. Throws a 403 for others
 * who hand it over, a `Refusal` for a name that is missing, and as `nextOwner`.
 */
export async function ownerAfter(
  pool: pg.Pool,
  asker: Pick<Principal, 'id' | 'name' | 'role' | 'only' | 'scope'>,
  { owner, ownerId }: OwnerTold,
  before: OwnerShown | null = null,
): Promise<OwnerShown> {
  if (ownerId !== undefined && ownerId !== before?.ownerId) {
    if (asker.id !== null && !isOverOwners(asker) && ownerId !== asker.id)
      throw new ForbiddenException('Only an administrator hands this to another account.');
    const { id, name } = await nextOwner(pool, ownerId);
    return { owner: name, ownerId: id };
  }
  if (asker.id !== null) return before?.ownerId ? before : { owner: asker.name, ownerId: asker.id };
  if (before && (owner === undefined || owner === before.owner)) return before;
  if (owner === undefined) throw new Refusal('owner: is missing; say whose it is.');
  return { owner, ownerId: null };
}

/** An account that things are handed to. Throws `Missing` for none, and a `Refusal` for one that may not own them. */
export async function nextOwner(db: pg.Pool | pg.ClientBase, account: string): Promise<Account> {
  const found = await readAccount(db, account);
  if (!found.mayOwn) throw new Refusal(`${found.name} may not sign in, or looks on only; hand it to somebody else.`);
  return found;
}
