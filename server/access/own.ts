import { ForbiddenException } from '@nestjs/common';
import { may, nameOf, type Principal } from './principal.js';

/** Whose a thing is that somebody keeps. */
export interface Owner {
  /** Null: nobody signs in here, and whoever typed the name is its owner. */
  account: string | null;
  name: string;
}

type Asking = Pick<Principal, 'id' | 'role' | 'only'> & Partial<Pick<Principal, 'scope'>>;

export function ownerOf(asker: Pick<Principal, 'id' | 'name'>, typed: string): Owner {
  return { account: asker.id, name: nameOf(asker, typed) };
}

/** An account that manages: it may change what belongs to others. Whoever is known by no account goes by the name that was typed. */
export function isOverOwners(asker: Asking): boolean {
  return asker.id !== null && may(asker, 'manage');
}

/** The account whose things alone somebody may change; null: those of all, as whoever manages does, or signs in nowhere. */
export function ownedBy(asker: Asking): string | null {
  return isOverOwners(asker) ? null : asker.id;
}

/** Condition in SQL on a table with `owner_account_id`. `parameter` is what `ownedBy` gave, as in `$2`. */
export function isOwned(parameter: string): string {
  return `(${parameter}::uuid is null or owner_account_id is not distinct from ${parameter}::uuid)`;
}

/** Condition in SQL on a table with `owner_account_id` and `person`: what that one has said, and not what another one of that name has. */
export function isOfPerson(account: string, name: string): string {
  return `owner_account_id is not distinct from ${account}::uuid and (owner_account_id is not null or person = ${name})`;
}

/** In SQL: the account that owns a row. Null where nobody signed in, and where the account was removed. */
export const ownerId = '(select account.id from app.account account where account.id = owner_account_id)';

/** A 403 for a thing that is somebody else's; what it is, as in `view "Late"`. */
export function notOwned(owner: string, what: string): ForbiddenException {
  return new ForbiddenException(`The ${what} belongs to ${owner}; only that one or an administrator changes it.`);
}
