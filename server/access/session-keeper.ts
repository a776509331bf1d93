import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type pg from 'pg';
import { recordAudit } from '../audit/audit.js';
import { CONFIG, type Config } from '../config.js';
import { POOL } from '../database/database.module.js';
import { endedCookie, isBehindTls, sessionCookie, sessionTokenOf } from './session-cookie.js';
import { endSessionOf, findSession, openSession } from './sessions.js';

/** Begins and ends the session of the browser that asks. */
@Injectable()
export class SessionKeeper {
  private readonly isSecure: boolean;

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(CONFIG) config: Config,
  ) {
    this.isSecure = isBehindTls(config);
  }

  /**
   * Signs the account in under a new token, whatever the browser had before. `how` is for the audit
   * log; `provider` asks for no second factor.
   */
  async begin(request: FastifyRequest, reply: FastifyReply, account: string, how: string, now: Date): Promise<void> {
    await this.forget(request);
    const place = { address: request.ip, agent: request.headers['user-agent'] ?? '' };
    const token = await openSession(this.pool, account, place, now, how === 'provider');
    await this.pool.query('update app.account set signed_in_at = $2 where id = $1', [account, now]);
    const session = await findSession(this.pool, token, now);
    await recordAudit(this.pool, {
      asker: session?.principal ?? null,
      action: 'sign-in',
      object: account,
      detail: { how },
      address: request.ip,
    });
    reply.header('set-cookie', sessionCookie(token, this.isSecure));
  }

  /** Ends the session here, not in the browser alone. */
  async end(request: FastifyRequest, reply: FastifyReply, now: Date): Promise<void> {
    const token = sessionTokenOf(request, this.isSecure);
    const session = token === null ? null : await findSession(this.pool, token, now);
    await this.forget(request);
    if (session) await recordAudit(this.pool, { asker: session.principal, action: 'sign-out', address: request.ip });
    reply.header('set-cookie', endedCookie(this.isSecure));
  }

  private async forget(request: FastifyRequest): Promise<void> {
    const token = sessionTokenOf(request, this.isSecure);
    if (token !== null) await endSessionOf(this.pool, token);
  }
}
