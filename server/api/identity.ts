import type { Permission, Scope } from '../access/principal.js';

/** A token of an account, without its key, which is shown once. Moments as ISO. */
export interface ApiToken {
  id: string;
  name: string;
  permissions: Permission[];
  /** Null: whatever its account sees. */
  scope: Scope | null;
  createdAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
}

/** With its key, for the only time. */
export interface NewApiToken extends ApiToken {
  key: string;
}

/** How an account stands to its second factor. */
export interface SecondFactorState {
  /** Null: there is none. */
  since: string | null;
  recoveryCodesLeft: number;
  /** Nothing else is open to this account before it has one. */
  isRequired: boolean;
}

/** For an authenticator app: as a picture, and to be typed. */
export interface SecondFactorSetup {
  uri: string;
  key: string;
}

/** Shown once; each of them opens once. */
export interface RecoveryCodes {
  codes: string[];
}

/** A link to one page for those without an account. */
export interface ShareLink {
  id: string;
  title: string;
  /** Of the page, with what was chosen there. */
  address: string;
  scope: Scope | null;
  by: string;
  createdAt: string;
  expiresAt: string;
  lastOpenedAt: string | null;
}

/** With its key, for the only time. */
export interface NewShareLink extends ShareLink {
  key: string;
}

export interface ShareLinksResponse {
  /** Switched on for this installation. */
  isOn: boolean;
  links: ShareLink[];
}

/** How an account is reached through the provider of sign-in. */
export interface ProviderLinks {
  /** Of the provider; null: none is set up. */
  name: string | null;
  links: { issuer: string; linkedAt: string }[];
}
