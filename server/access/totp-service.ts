import { ForbiddenException, Inject, Injectable, UnauthorizedException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type pg from 'pg';
import { readKey, type VaultKey } from '#etl/vault/key.js';
import type { SecondFactorSetup, SecondFactorState } from '../api.js';
import { recordAudit } from '../audit/audit.js';
import { CONFIG, type Config } from '../config.js';
import { POOL } from '../database/database.module.js';
import { Refusal } from '../refusal.js';
import type { AccountHolder } from './account-holder.js';
import { addressSubject, beginAttempt, forgiveAttempt } from './attempts.js';
import type { Role } from './principal.js';
import { provePassword } from './prove-password.js';
import { cookieOf, isBehindTls } from './session-cookie.js';
import { TooManyAttempts } from './sign-in.js';
import { stepCookie, stepCookieName } from './step-cookie.js';
import { beginHalfSignIn, endHalfSignIn, tryHalfSignIn } from './totp-half.js';
import { isSecondFactorRequired } from './totp-required.js';
import {
  beginSecondFactor,
  checkSecondFactor,
  confirmSecondFactor,
  readSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
} from './totp.js';

const cookie = 'throughline-half';

/** What proves, beside a code, that an open browser is used by whoever it belongs to. */
export interface Proof {
  password: string;
  code: string;
}

/** The second factor of accounts, and the step of sign-in that asks for it. */
@Injectable()
export class SecondFactorService {
  private readonly isSecure: boolean;

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.isSecure = isBehindTls(config);
  }

  async state({ id, role }: { id: string; role: Role }): Promise<SecondFactorState> {
    return { ...(await readSecondFactor(this.pool, id)), isRequired: this.isRequiredOf(role) };
  }

  isRequiredOf(role: Role): boolean {
    return isSecondFactorRequired(this.config, role);
  }

  /**
   * After the right password: whether a code is asked for before there is a session. If so, the browser holds what it takes to give one.
   */
  async ask(reply: FastifyReply, account: string, now: Date): Promise<boolean> {
    const { since } = await readSecondFactor(this.pool, account);
    if (since === null) return false;
    const key = await beginHalfSignIn(this.pool, account, now);
    reply.header('set-cookie', stepCookie(cookie, key, this.isSecure));
    return true;
  }

  /** The account whose second factor was given by this browser. Throws a 401, and `TooManyAttempts`. */
  async answer(request: FastifyRequest, reply: FastifyReply, code: string, now: Date): Promise<string> {
    const key = cookieOf(request, stepCookieName(cookie, this.isSecure));
    const half = key === null ? null : await tryHalfSignIn(this.pool, key, now);
    if (key === null || half === null) throw new UnauthorizedException('Sign in with the password again; a code is asked for after it.');
    await this.counted(half.account, request, now, async () => {
      const kind = await checkSecondFactor(this.pool, await this.vault(), half.account, code, now);
      if (kind !== null) return true;
      await recordAudit(this.pool, {
        asker: null,
        action: 'sign-in',
        object: half.account,
        outcome: 'failed',
        detail: { how: 'second factor' },
        address: request.ip,
      });
      throw new UnauthorizedException('This code is not right, or was used before. Wait for the next one.');
    });
    await endHalfSignIn(this.pool, key);
    reply.header('set-cookie', stepCookie(cookie, null, this.isSecure));
    return half.account;
  }

  async begin(holder: AccountHolder, email: string, password: string, request: FastifyRequest, now: Date): Promise<SecondFactorSetup> {
    await provePassword(this.pool, { id: holder.id, email }, password, request.ip, now);
    return beginSecondFactor(this.pool, await this.vault(), { id: holder.id, email });
  }

  async confirm(holder: AccountHolder, code: string, request: FastifyRequest, now: Date): Promise<string[]> {
    const codes = await this.counted(holder.id, request, now, async () =>
      confirmSecondFactor(this.pool, await this.vault(), holder.id, code, now),
    );
    await this.record(holder, 'set up', holder.id, request);
    return codes;
  }

  async renewCodes(holder: AccountHolder, email: string, proof: Proof, request: FastifyRequest, now: Date): Promise<string[]> {
    await this.prove(holder, email, proof, request, now);
    const codes = await renewRecoveryCodes(this.pool, holder.id);
    await this.record(holder, 'recovery codes renewed', holder.id, request);
    return codes;
  }

  async remove(holder: AccountHolder, email: string, proof: Proof, request: FastifyRequest, now: Date): Promise<void> {
    if (this.isRequiredOf(holder.role)) {
      throw new ForbiddenException(
        'A second factor is required of this account (THROUGHLINE_REQUIRE_SECOND_FACTOR); it cannot be removed.',
      );
    }
    await this.prove(holder, email, proof, request, now);
    await removeSecondFactor(this.pool, holder.id);
    await this.record(holder, 'removed', holder.id, request);
  }

  private async prove(holder: AccountHolder, email: string, { password, code }: Proof, request: FastifyRequest, now: Date): Promise<void> {
    await provePassword(this.pool, { id: holder.id, email }, password, request.ip, now);
    await this.counted(holder.id, request, now, async () => {
      const kind = await checkSecondFactor(this.pool, await this.vault(), holder.id, code, now);
      if (kind === null) throw new Refusal('This code is not right, or was used before. Wait for the next one.');
    });
  }

  /**
   * Counts codes apart from passwords, so that a right password does not make wrong codes
   * forgotten. What `work` throws counts as a failure.
   */
  private async counted<T>(account: string, request: FastifyRequest, now: Date, work: () => Promise<T>): Promise<T> {
    const subjects = [`second-factor:${account}`, addressSubject(request.ip)] as const;
    const waitSeconds = await beginAttempt(this.pool, subjects, now);
    if (waitSeconds !== null) throw new TooManyAttempts(waitSeconds);
    const result = await work();
    await forgiveAttempt(this.pool, ...subjects);
    return result;
  }

  private record(asker: AccountHolder, what: string, object: string, request: FastifyRequest): Promise<void> {
    return recordAudit(this.pool, { asker, action: 'second-factor.change', object, detail: { what }, address: request.ip });
  }

  private vault(): Promise<VaultKey> {
    return readKey(this.config.dataDirectory, this.config.secretKey ?? undefined);
  }
}
