import type { PasswordAnswer, SignInAnswer, SignInState, WelcomeLook } from '#server/api.js';

import { ask, get, send } from './request';

export const signInApi = {
  signInState: (next: string) => get<SignInState>(`/api/sign-in?${new URLSearchParams({ next })}`),
  signIn: (told: { email: string; password: string }) => ask<SignInAnswer>('/api/sign-in', told),
  giveCode: (code: string) => send<unknown>('POST', '/api/sign-in/second-factor', { code }),
  signOut: () => send<unknown>('POST', '/api/sign-out', {}),
  lookAtWelcome: (key: string) => ask<WelcomeLook>('/api/welcome/look', { key }),
  followWelcome: (told: { key: string; password: string; name: string; email: string }) => ask<PasswordAnswer>('/api/welcome', told),
};
