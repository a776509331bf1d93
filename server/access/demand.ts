import { ForbiddenException } from '@nestjs/common';
import { may, type Permission, type Principal } from './principal.js';

const deeds: Record<Permission, string> = {
  read: 'look at boards and items',
  keep: 'keep things of its own',
  steer: 'change what others see',
  export: 'take rows out as files',
  query: 'ask questions in SQL',
  manage: 'manage connections, accounts and settings',
};

/** Throws a 403 that names the role, what it may not do and who can help. */
export function demand(asker: Principal, permission: Permission): void {
  if (may(asker, permission)) return;
  const who = asker.only === null ? `The role "${asker.role}"` : 'This key';
  throw new ForbiddenException(`${who} may not ${deeds[permission]}; ask an administrator for the right "${permission}".`);
}
