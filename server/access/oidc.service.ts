import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type pg from 'pg';
import { createTransport, defaultLimits } from '#etl/http/transport.js';
import { recordAudit } from '../audit/audit.js';
import { log } from '../console.js';
import { CONFIG, type Config } from '../config.js';
import { POOL } from '../database/database.module.js';
import { Conflict, Missing } from '../refusal.js';
import { accountOfIdentity, linkIdentity, NoAccount } from './oidc-account.js';
import { beginAttempt, endAttempt, proofsOf, type Attempt } from './oidc-attempt.js';
import { IdentityProvider, OidcError, type Identity } from './oidc.js';
import { cookieOf, isBehindTls } from './session-cookie.js';
import { SessionKeeper } from './session-keeper.js';
import { stepCookie, stepCookieName } from './step-cookie.js';

const cookie = 'throughline-provider';

/** Answers of a provider are small. */
const limits = { ...defaultLimits, bodyBytes: 1_000_000 };

/** What a reader is told where it went wrong, by the page in his language. */
export type ProviderProblem = 'denied' | 'unreachable' | 'untrue' | 'ended' | 'no-account' | 'disabled' | 'taken';

/** Sign-in through the provider of this installation. */
@Injectable()
export class OidcService implements OnApplicationShutdown {
  private readonly isSecure: boolean;
  private readonly send;
  private readonly provider: IdentityProvider | null;

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(CONFIG) config: Config,
    private readonly sessions: SessionKeeper,
  ) {
    this.isSecure = isBehindTls(config);
    this.send = createTransport(config.privateHosts, limits);
    this.provider = config.oidc && new IdentityProvider(config.oidc, `${config.publicUrl}/api/sign-in/provider/callback`, this.send);
  }

  /** As the button says it; null: there is none. */
  get name(): string | null {
    return this.provider?.settings.name ?? null;
  }

  onApplicationShutdown(): void {
    this.send.close();
  }

  /** Sends the browser to the provider. Gives where it goes. */
  async begin(reply: FastifyReply, attempt: Attempt, now: Date): Promise<string> {
    const provider = this.known();
    const key = await beginAttempt(this.pool, attempt, now);
    try {
      const address = await provider.addressFor(proofsOf(key));
      reply.header('set-cookie', stepCookie(cookie, key, this.isSecure));
      return address.href;
    } catch (error) {
      return this.problemPage(attempt, problemOf(error));
    }
  }

  /** The browser is back. Signs it in, or links the account; gives where it goes on. */
  async end(request: FastifyRequest, reply: FastifyReply, query: string, now: Date): Promise<string> {
    const provider = this.known();
    const key = cookieOf(request, stepCookieName(cookie, this.isSecure));
    reply.header('set-cookie', stepCookie(cookie, null, this.isSecure));
    const attempt = key === null ? null : await endAttempt(this.pool, key, now);
    if (key === null || attempt === null) return this.problemPage({ account: null, next: '/' }, 'ended');
    try {
      const identity = await provider.identityOf(query, proofsOf(key));
      if (attempt.account !== null) await this.link(attempt.account, identity, request);
      else await this.signIn(identity, provider, request, reply, now);
      return attempt.next;
    } catch (error) {
      const problem = problemOf(error);
      const detail = { how: 'provider', problem };
      await recordAudit(this.pool, { asker: null, action: 'sign-in', outcome: 'refused', detail, address: request.ip });
      return this.problemPage(attempt, problem);
    }
  }

  private async signIn(identity: Identity, provider: IdentityProvider, request: FastifyRequest, reply: FastifyReply, now: Date) {
    const { account, isNew } = await accountOfIdentity(this.pool, identity, provider.settings.newAccounts, now);
    if (isNew) {
      const detail = { how: 'provider', issuer: identity.issuer };
      await recordAudit(this.pool, { asker: null, action: 'account.add', object: account, detail, address: request.ip });
    }
    await this.sessions.begin(request, reply, account, 'provider', now);
  }

  private async link(account: string, identity: Identity, request: FastifyRequest): Promise<void> {
    await linkIdentity(this.pool, account, identity);
    const detail = { what: 'linked', issuer: identity.issuer };
    await recordAudit(this.pool, { asker: null, action: 'identity.change', object: account, detail, address: request.ip });
  }

  private known(): IdentityProvider {
    if (this.provider) return this.provider;
    throw new Missing('No provider of sign-in is set up here (THROUGHLINE_OIDC_ISSUER); sign in with address and password.');
  }

  private problemPage({ account, next }: Attempt, problem: ProviderProblem): string {
    if (account !== null) return `/account?problem=${problem}`;
    return `/sign-in?${new URLSearchParams({ problem, ...(next !== '/' && { next }) })}`;
  }
}

/** Logs what the reader is not told; throws what nobody foresaw. */
function problemOf(error: unknown): ProviderProblem {
  if (error instanceof NoAccount) return error.reason;
  if (error instanceof Conflict) return 'taken';
  if (!(error instanceof OidcError)) throw error;
  log(`sign-in by the provider: ${error.message}`);
  return error.problem;
}
