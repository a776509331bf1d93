import type { Permission } from '../can';

const permissions = ['read', 'keep', 'steer', 'export', 'query', 'manage'] as const satisfies Permission[];

/** The permission of that name; null: it is none of an account's. */
export function permissionOf(name: string): Permission | null {
  return permissions.find((one) => one === name) ?? null;
}
