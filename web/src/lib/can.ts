import type { StateAsker } from '#server/api.js';
import { server } from './server-state.svelte';

export type Permission = StateAsker['permissions'][number];

/** Whether whoever looks at the page may do something. What one may not do is not offered; the server refuses it in any case. */
export function can(permission: Permission): boolean {
  return server.state?.asker.permissions.includes(permission) ?? false;
}
