import { narrowedFilters } from './narrow.js';
import { scopeDimensions, type Permission, type Principal, type Scope } from './principal.js';
import { may } from './principal.js';

/** What both scopes let through. Where they have nothing in common, what is left matches nothing. */
export function meet(one: Scope | null, other: Scope | null): Scope | null {
  if (one === null) return other;
  if (other === null) return one;
  const filters = Object.fromEntries(scopeDimensions.flatMap((name) => (one[name] === undefined ? [] : [[name, [...one[name]]]])));
  return narrowedFilters(filters, other);
}

/** Those of the permissions that somebody has. */
export function permitted(permissions: readonly Permission[], asker: Pick<Principal, 'role' | 'only'>): Permission[] {
  return permissions.filter((permission) => may(asker, permission));
}
