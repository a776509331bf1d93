import * as oidc from 'openid-client';
import type { Transport } from '#etl/http/transport.js';
import type { Proofs } from './oidc-attempt.js';
import { roleByClaims, type OidcSettings } from './oidc-settings.js';
import type { Role } from './principal.js';

/** Somebody as the provider knows them. Issuer and subject say who it is; the rest is only what to call them. */
export interface Identity {
  issuer: string;
  subject: string;
  name: string | null;
  email: string | null;
  /** `none`: the provider decides, and gives none. Null: it is not up to the provider. */
  role: Role | 'none' | null;
}

/**
 * Why nobody came back. `denied`: the person or the provider said no; `unreachable`: no answer; `untrue`: an answer that does not hold,
 * in state, nonce, time or signature.
 */
export type OidcProblem = 'denied' | 'unreachable' | 'untrue';

export class OidcError extends Error {
  constructor(
    readonly problem: OidcProblem,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'OidcError';
  }
}

const timeoutSeconds = 15;

/** One provider, found by its issuer at the first use, and again after a failure. */
export class IdentityProvider {
  private found: Promise<oidc.Configuration> | null = null;

  /** `redirectUri`: where the provider sends browsers back to. */
  constructor(
    readonly settings: OidcSettings,
    private readonly redirectUri: string,
    private readonly send: Transport,
  ) {}

  /** Where to send a browser. Throws `OidcError`. */
  async addressFor({ state, nonce, verifier }: Proofs): Promise<URL> {
    return oidc.buildAuthorizationUrl(await this.configuration(), {
      redirect_uri: this.redirectUri,
      scope: this.settings.scopes,
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
  }

  /** Who came back with these parameters. Throws `OidcError`. */
  async identityOf(query: string, { state, nonce, verifier }: Proofs): Promise<Identity> {
    const configuration = await this.configuration();
    const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
    try {
      const tokens = await oidc.authorizationCodeGrant(configuration, new URL(`${this.redirectUri}?${query}`), checks);
      const idToken = tokens.claims();
      if (!idToken) throw new OidcError('untrue', 'The provider sent no ID token.');
      const told = configuration.serverMetadata().userinfo_endpoint
        ? await oidc.fetchUserInfo(configuration, tokens.access_token, idToken.sub)
        : {};
      const claims: Record<string, unknown> = { ...told, ...idToken };
      return {
        issuer: idToken.iss,
        subject: idToken.sub,
        name: textOf(claims['name']) ?? textOf(claims['preferred_username']),
        email: textOf(claims['email']),
        role: roleByClaims(this.settings, claims),
      };
    } catch (error) {
      throw problemOf(error);
    }
  }

  private configuration(): Promise<oidc.Configuration> {
    this.found ??= this.discover().catch((error: unknown) => {
      this.found = null;
      throw problemOf(error);
    });
    return this.found;
  }

  private discover(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret } = this.settings;
    // Tokens come over a connection the provider proves itself on; their signature is looked at all the same.
    const execute = [oidc.enableNonRepudiationChecks, ...(issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : [])];
    return oidc.discovery(issuer, clientId, clientSecret, undefined, {
      execute,
      timeout: timeoutSeconds,
      [oidc.customFetch]: this.fetch,
    });
  }

  /** The provider is asked as any tool is: only at addresses this installation may ask. */
  private readonly fetch: oidc.CustomFetch = async (address, { method, headers, body, signal }) => {
    const url = new URL(address);
    if (this.settings.issuer.protocol === 'https:' && url.protocol !== 'https:') throw new Error(`${url.origin} is not asked without TLS.`);
    const answer = await this.send({
      url,
      method,
      headers,
      body: body === undefined || body === null ? null : String(body),
      signal: signal ?? AbortSignal.timeout(timeoutSeconds * 1_000),
    });
    const plain = new Headers(answer.headers);
    for (const name of ['content-encoding', 'content-length']) plain.delete(name);
    return new Response([204, 205, 304].includes(answer.status) ? null : new Uint8Array(answer.body), {
      status: answer.status,
      headers: plain,
    });
  };
}

function problemOf(error: unknown): OidcError {
  if (error instanceof OidcError) return error;
  if (error instanceof oidc.AuthorizationResponseError)
    return new OidcError('denied', `The provider said ${error.error}.`, { cause: error });
  if (isAnswered(error)) return new OidcError('untrue', `The provider's answer does not hold: ${deepest(error)}`, { cause: error });
  return new OidcError('unreachable', `The provider does not answer: ${deepest(error)}`, { cause: error });
}

/** Whether it was the answer that failed; without a code it is the way there. */
function isAnswered(error: unknown): boolean {
  if (error instanceof oidc.ResponseBodyError || error instanceof oidc.WWWAuthenticateChallengeError) return true;
  return error instanceof oidc.ClientError && error.code !== undefined && !['OAUTH_TIMEOUT', 'OAUTH_ABORT'].includes(error.code);
}

/** What lies beneath may hold claims, which are for no log. */
function deepest(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? deepest(error.cause) : error.message;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
