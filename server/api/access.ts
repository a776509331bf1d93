import type { OwnerlessKind } from '../access/owned-tables.js';
import type { Role, Scope } from '../access/principal.js';

/** `GET /api/sign-in?next=…`: for whoever is not known yet. */
export interface SignInState {
  /** There is no administrator; the link printed at the start makes one. */
  needsFirstAdmin: boolean;
  /** Name of the provider that vouches for people; null: there is none. */
  provider: string | null;
  /** Where one goes on to: what was asked for, where it is a path of this page. */
  next: string;
}

/** `POST /api/sign-in`. */
export interface SignInAnswer {
  /** `second-factor`: a code is asked for before there is a session. */
  step: 'done' | 'second-factor';
}

/** Why a password is refused: it would be guessed. `personal`: made of the name, the address or the company. */
export type PasswordFlaw = 'too-short' | 'too-long' | 'common' | 'simple' | 'personal';

/** Answer wherever a password is set. Null: it is set; else nothing was changed. */
export interface PasswordAnswer {
  flaw: PasswordFlaw | null;
}

/** `POST /api/welcome/look`: what a link is for. */
export interface WelcomeLook {
  for: 'first-admin' | 'account';
  /** Of the account; empty for the first administrator. */
  name: string;
  email: string;
}

/** `GET /api/account`: of whoever asks. */
export interface AccountResponse {
  id: string;
  name: string;
  email: string;
  role: Role;
  scope: Scope | null;
  seesNames: boolean;
  /** Last used first. */
  sessions: SessionLine[];
}

/** A browser somebody is signed in with. Times in ISO. */
export interface SessionLine {
  id: string;
  isThisOne: boolean;
  createdAt: string;
  seenAt: string;
  address: string;
  /** As the browser calls itself. */
  agent: string;
}

/** `GET /api/users`: accounts by name. */
export interface Account {
  id: string;
  name: string;
  email: string;
  role: Role;
  /** Null: everything. */
  scope: Scope | null;
  seesNames: boolean;
  isDisabled: boolean;
  /** Things that go on by themselves, and what somebody else kept, may be handed to it. */
  mayOwn: boolean;
  /** Otherwise a link to set one is still to be followed, or another way of signing in is used. */
  hasPassword: boolean;
  hasSecondFactor: boolean;
  /** ISO. Null: never. */
  signedInAt: string | null;
}

/** `POST /api/users` and `POST /api/users/:id/link`. */
export interface AccountLink {
  account: Account;
  /** Path of the page with the key that sets a password once; shown to nobody again. */
  path: string;
  /** ISO. */
  expiresAt: string;
}

/**
 * `GET /api/ownerless`: what nobody may change but administrators; `POST /api/ownerless/:kind/:id` with the id of an account gives it away.
 */
export interface Ownerless {
  kind: OwnerlessKind;
  id: string;
  title: string;
  /** Who kept it, by the last name. */
  owner: string;
}
