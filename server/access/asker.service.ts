import { BadRequestException, ForbiddenException, Inject, Injectable, UnauthorizedException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type pg from 'pg';
import type { Board } from '#dashboards/dashboard.js';
import { CONFIG, type Config } from '../config.js';
import { BOARDS } from '../dashboards/known-boards.js';
import { POOL } from '../database/database.module.js';
import { keyOfHeader } from '../http/bearer.js';
import { ownerOfTheMachine, type Permission, type Principal } from './principal.js';
import { cookieOf, isBehindTls, sessionTokenOf } from './session-cookie.js';
import { findSession, type OpenSession } from './sessions.js';
import { shareCookie } from './share-cookie.js';
import { keepToSharedPage } from './share-limits.js';
import { principalOfShare } from './share.js';
import { stepCookieName } from './step-cookie.js';
import { isSecondFactorRequired, opensWithoutSecondFactor } from './totp-required.js';
import { hasKeyInAddress, principalOfToken } from './token.js';
import { guest, isThisMachine, readFoundation } from './visitors.js';

/** Finds out who asks. */
@Injectable()
export class AskerService {
  private hasAdmin = false;

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(BOARDS) private readonly boards: readonly Board[],
  ) {}

  /** Throws a 401 that names the remedy where nobody is known and somebody must be. */
  async find(request: FastifyRequest, needs: Permission, now: Date): Promise<Principal> {
    if (hasKeyInAddress(request.url)) throw new BadRequestException(keyInAddress);
    if (this.config.signIn === 'off') return ownerOfTheMachine;
    const key = keyOfHeader(request.headers.authorization);
    if (key !== null) return this.bearer(key, now);
    const session = await this.session(request, now);
    if (session) return this.proven(session, request);
    const visitor = await this.sharing(request, now);
    if (visitor) return visitor;
    return this.visitor(request, needs);
  }

  /** The session of the browser that asks; null: none. */
  async session(request: FastifyRequest, now: Date): Promise<OpenSession | null> {
    const token = sessionTokenOf(request, isBehindTls(this.config));
    return token === null ? null : findSession(this.pool, token, now);
  }

  /** A request with a token is asked by it alone: what cookies it has is not looked at. */
  private async bearer(key: string, now: Date): Promise<Principal> {
    const principal = await principalOfToken(this.pool, key, now);
    if (principal) return principal;
    throw new UnauthorizedException('This token is not known, has ended or was revoked; make a new one under Account.');
  }

  /** Throws a 403 where a second factor is required first, but for what it takes to set one up. */
  private proven({ principal, isDoublyProven }: OpenSession, request: FastifyRequest): Principal {
    if (isDoublyProven || !isSecondFactorRequired(this.config, principal.role)) return principal;
    if (opensWithoutSecondFactor(request.routeOptions.url)) return { ...principal, lacksSecondFactor: true };
    throw new ForbiddenException('A second factor is required of this account; set one up under Account first.');
  }

  /** Whoever has opened a share link, where that link shows what is asked for. Throws a 403 where it does not. */
  private async sharing(request: FastifyRequest, now: Date): Promise<Principal | null> {
    const key = this.config.hasShareLinks ? cookieOf(request, stepCookieName(shareCookie, isBehindTls(this.config))) : null;
    const principal = key === null ? null : await principalOfShare(this.pool, key, now);
    if (!principal?.page) return null;
    keepToSharedPage(principal.page, this.boards, {
      method: request.method,
      template: request.routeOptions.url ?? '',
      parameters: request.params as Record<string, string>,
      query: request.query as Record<string, string | string[] | undefined>,
    });
    return principal;
  }

  private async visitor(request: FastifyRequest, needs: Permission): Promise<Principal> {
    // An administrator never goes again.
    if (!this.hasAdmin) {
      const { hasAdmin, hasOwnData } = await readFoundation(this.pool);
      this.hasAdmin = hasAdmin;
      if (!hasAdmin && hasOwnData) throw new UnauthorizedException(noAdminYet('Data of your own is connected'));
      if (!hasAdmin && needs === 'manage') throw new UnauthorizedException(noAdminYet('This is for an administrator'));
      const isProxied = isBehindTls(this.config);
      if (!hasAdmin && !isProxied && isThisMachine(request.headers.host ?? '')) return guest;
    }
    throw new UnauthorizedException('Sign in first.');
  }
}

const keyInAddress =
  'A token does not belong in an address, which is kept in logs and histories. Revoke this one, make a new one under Account, ' +
  'and send it as the header "Authorization: Bearer …".';

function noAdminYet(why: string): string {
  return `${why}, and there is no administrator yet: open the link that was printed at the start, or print a new one with "npm run -s throughline -- user link".`;
}
