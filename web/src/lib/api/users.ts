import type { Account, AccountLink } from '#server/api.js';

import { get, send } from './request';

export const usersApi = {
  users: (signal?: AbortSignal) => get<Account[]>('/api/users', signal),
  addUser: (user: UserContent & { email: string }) => send<AccountLink>('POST', '/api/users', user),
  changeUser: (id: string, change: Partial<UserContent & { isDisabled: boolean }>) => send<Account>('PATCH', userPath(id), change),
  linkUser: (id: string) => send<AccountLink>('POST', `${userPath(id)}/link`, {}),
  removeUser: (id: string) => send<unknown>('DELETE', userPath(id), {}),
  resetSecondFactor: (user: string) => send<unknown>('DELETE', `${userPath(user)}/second-factor`, {}),
};

export type UserContent = Pick<Account, 'name' | 'role' | 'scope' | 'seesNames'>;

function userPath(id: string): string {
  return `/api/users/${encodeURIComponent(id)}`;
}
