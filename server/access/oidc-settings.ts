import { readFileSync } from 'node:fs';
import type { AllowedHosts } from '#etl/http/address.js';
import { StartError } from '../start-error.js';
import { roles, type Role } from './principal.js';

/** The provider of sign-in of this installation. */
export interface OidcSettings {
  issuer: URL;
  clientId: string;
  clientSecret: string;
  /** As the button says it. */
  name: string;
  scopes: string;
  /** The claim whose values decide the role, and the role of each; null: the provider does not decide it. */
  roles: { claim: string; byValue: ReadonlyMap<string, Role> } | null;
  /** Role of an account made at a first sign-in; null: none is made. */
  newAccounts: Role | null;
}

/** As the environment has them; what is not set is undefined. */
type OidcEnvironment = Readonly<Record<string, string | undefined>>;

const usualScopes = 'openid profile email';

/** Null where no issuer is set. Throws a `StartError` that names the value, without the secret, and the remedy. */
export function readOidcSettings(environment: OidcEnvironment, allowed: AllowedHosts): OidcSettings | null {
  const { THROUGHLINE_OIDC_ISSUER: issuer, THROUGHLINE_OIDC_CLIENT_ID: clientId } = environment;
  if (issuer === undefined) {
    const lost = Object.keys(environment).find((name) => name.startsWith('THROUGHLINE_OIDC_') && environment[name] !== undefined);
    if (lost !== undefined) throw new StartError(`${lost} is set, but THROUGHLINE_OIDC_ISSUER is not: give the address of the provider.`);
    return null;
  }
  if (clientId === undefined) {
    throw new StartError('THROUGHLINE_OIDC_ISSUER is set, but THROUGHLINE_OIDC_CLIENT_ID is not: give the client the provider knows.');
  }
  const url = issuerUrl(issuer, allowed);
  const scopes = environment['THROUGHLINE_OIDC_SCOPES'] ?? usualScopes;
  if (!scopes.split(' ').includes('openid')) {
    throw new StartError(`THROUGHLINE_OIDC_SCOPES=${scopes} is not valid; it must contain openid, as in "${usualScopes}".`);
  }
  return {
    issuer: url,
    clientId,
    clientSecret: readSecret(environment),
    name: environment['THROUGHLINE_OIDC_NAME'] ?? url.hostname,
    scopes,
    roles: readRoles(environment),
    newAccounts: readNewAccounts(environment['THROUGHLINE_OIDC_NEW_ACCOUNTS']),
  };
}

function issuerUrl(text: string, allowed: AllowedHosts): URL {
  const wrong = (what: string) => new StartError(`THROUGHLINE_OIDC_ISSUER=${text} is not valid; ${what}.`);
  if (!URL.canParse(text)) throw wrong('it must be an address such as https://sign-in.company.com');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw wrong('it must be the bare address of the provider, without a name, ? or #');
  }
  const place = `${url.hostname}:${url.port || '80'}`;
  if (url.protocol === 'http:' && !allowed.includes(place)) {
    throw wrong(`it must begin with https://; http:// is taken only of a host named in THROUGHLINE_ALLOW_HOSTS, as in ${place}`);
  }
  if (!['http:', 'https:'].includes(url.protocol)) throw wrong('it must begin with https://');
  return url;
}

function readSecret(environment: OidcEnvironment): string {
  const { THROUGHLINE_OIDC_CLIENT_SECRET: secret, THROUGHLINE_OIDC_CLIENT_SECRET_FILE: path } = environment;
  if ((secret === undefined) === (path === undefined)) {
    throw new StartError(
      'Give the secret of the client in THROUGHLINE_OIDC_CLIENT_SECRET or a file with it in …_SECRET_FILE, one of both.',
    );
  }
  if (secret !== undefined) return secret;
  try {
    return readFileSync(path ?? '', 'utf8').trim();
  } catch (cause) {
    throw new StartError(`THROUGHLINE_OIDC_CLIENT_SECRET_FILE=${path} cannot be read; give the path of a file with the secret alone.`, {
      cause,
    });
  }
}

function readRoles(environment: OidcEnvironment): OidcSettings['roles'] {
  const { THROUGHLINE_OIDC_ROLE_CLAIM: claim, THROUGHLINE_OIDC_ROLES: mapping } = environment;
  if (claim === undefined && mapping === undefined) return null;
  if (claim === undefined || mapping === undefined) {
    throw new StartError(
      'THROUGHLINE_OIDC_ROLE_CLAIM and THROUGHLINE_OIDC_ROLES go together, as in "groups" and "ops-leads=lead,analysts=analyst".',
    );
  }
  const byValue = new Map(
    mapping.split(',').map((entry) => {
      const at = entry.lastIndexOf('=');
      return [entry.slice(0, Math.max(at, 0)).trim(), roleOf(entry.slice(at + 1).trim(), 'THROUGHLINE_OIDC_ROLES')] as const;
    }),
  );
  if (byValue.has(''))
    throw new StartError(`THROUGHLINE_OIDC_ROLES=${mapping} is not valid; write it as in ops-leads=lead,analysts=analyst.`);
  return { claim, byValue };
}

function readNewAccounts(text = 'no'): Role | null {
  return text === 'no' ? null : roleOf(text, 'THROUGHLINE_OIDC_NEW_ACCOUNTS', 'no or ');
}

function roleOf(text: string, name: string, also = ''): Role {
  const role = roles.find((known) => known === text);
  if (role === undefined)
    throw new StartError(`${name} names the role "${text}", which is not known; it must be ${also}one of ${roles.join(', ')}.`);
  return role;
}

/**
 * The role the provider gives somebody: the strongest of those its claim stands for, and without one of them that of new accounts; `none`
 * where there is no such role either. Null: roles are not up to it.
 */
export function roleByClaims(
  settings: Pick<OidcSettings, 'roles' | 'newAccounts'>,
  claims: Readonly<Record<string, unknown>>,
): Role | 'none' | null {
  if (settings.roles === null) return null;
  const { claim, byValue } = settings.roles;
  const given = [claims[claim]].flat().filter((value) => typeof value === 'string');
  return roles.find((role) => given.some((value) => byValue.get(value) === role)) ?? settings.newAccounts ?? 'none';
}
