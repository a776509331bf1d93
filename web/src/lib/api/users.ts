import type { Account, AccountLink, Ownerless } from '#server/api.js';
import { get, send } from './request';

export const usersApi = {
  users: (signal?: AbortSignal) => get<Account[]>('/api/users', signal),
  addUser: (user: UserContent & { email: string }) => send<AccountLink>('POST', '/api/users', user),
  changeUser: (id: string, change: Partial<UserContent & { isDisabled: boolean }>) => send<Account>('PATCH', userPath(id), change),
  linkUser: (id: string) => send<AccountLink>('POST', `${userPath(id)}/link`, {}),
  removeUser: (id: string) => send<unknown>('DELETE', userPath(id), {}),
  ownerless: (signal?: AbortSignal) => get<Ownerless[]>('/api/ownerless', signal),
  giveOwnerless: ({ kind, id }: Pick<Ownerless, 'kind' | 'id'>, account: string) =>
    send<unknown>('POST', `/api/ownerless/${kind}/${encodeURIComponent(id)}`, { account }),
  resetSecondFactor: (user: string) => send<unknown>('DELETE', `${userPath(user)}/second-factor`, {}),
};

export type UserContent = Pick<Account, 'name' | 'role' | 'scope' | 'seesNames'>;

function userPath(id: string): string {
  return `/api/users/${encodeURIComponent(id)}`;
}
