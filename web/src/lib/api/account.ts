import type {
  AccountResponse,
  ApiToken,
  NewApiToken,
  PasswordAnswer,
  ProviderLinks,
  RecoveryCodes,
  SecondFactorSetup,
  SecondFactorState,
} from '#server/api.js';

import { ask, get, send } from './request';

export const accountApi = {
  account: (signal?: AbortSignal) => get<AccountResponse>('/api/account', signal),
  renameAccount: (name: string) => send<unknown>('PATCH', '/api/account', { name }),
  changePassword: (told: { current: string; password: string }) => ask<PasswordAnswer>('/api/account/password', told),
  endSession: (id: string) => send<unknown>('DELETE', `/api/account/sessions/${encodeURIComponent(id)}`, {}),
  endOtherSessions: () => send<unknown>('DELETE', '/api/account/sessions', {}),
  tokens: (signal?: AbortSignal) => get<ApiToken[]>('/api/account/tokens', signal),
  makeToken: (token: Pick<ApiToken, 'name' | 'permissions' | 'scope'> & { days: number }) =>
    send<NewApiToken>('POST', '/api/account/tokens', token),
  revokeToken: (id: string) => send<unknown>('DELETE', `/api/account/tokens/${encodeURIComponent(id)}`, {}),
  secondFactor: (signal?: AbortSignal) => get<SecondFactorState>('/api/account/second-factor', signal),
  beginSecondFactor: (password: string) => send<SecondFactorSetup>('POST', '/api/account/second-factor', { password }),
  confirmSecondFactor: (code: string) => send<RecoveryCodes>('POST', '/api/account/second-factor/confirm', { code }),
  renewRecoveryCodes: (proof: { password: string; code: string }) => send<RecoveryCodes>('POST', '/api/account/second-factor/codes', proof),
  removeSecondFactor: (proof: { password: string; code: string }) => send<unknown>('DELETE', '/api/account/second-factor', proof),
  provider: (signal?: AbortSignal) => get<ProviderLinks>('/api/account/provider', signal),
  linkProvider: (password: string) => send<{ address: string }>('POST', '/api/account/provider', { password }),
  unlinkProvider: () => send<unknown>('DELETE', '/api/account/provider', {}),
};
