import { ForbiddenException } from '@nestjs/common';
import type { Principal } from './principal.js';

/** An account that manages: it may change what belongs to others. Whoever is known by no account goes by the name that was typed. */
export function isOverOwners({ id, role }: Pick<Principal, 'id' | 'role'>): boolean {
  return id !== null && role === 'admin';
}

/** Throws a 403 where a thing belongs to somebody else than the account that asks; what it is, as in `view "Late"`. */
export function demandOwn(asker: Pick<Principal, 'id' | 'role' | 'name'>, owner: string, what: string): void {
  if (asker.id === null || isOverOwners(asker) || asker.name === owner) return;
  throw new ForbiddenException(`The ${what} belongs to ${owner}; only that one or an administrator changes it.`);
}
