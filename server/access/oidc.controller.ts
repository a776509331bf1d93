import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type pg from 'pg';
import { z } from 'zod';
import type { ProviderLinks } from '../api.js';
import { recordAudit } from '../audit/audit.js';
import { POOL } from '../database/database.module.js';
import { RefusalsInterceptor } from '../http/refusals.interceptor.js';
import { accountHolder } from './account-holder.js';
import { readAccount } from './accounts.js';
import { Asker } from './asker.js';
import { Needs, OpenToAll } from './needs.js';
import { nextPath } from './next-path.js';
import { readIdentities, unlinkIdentities } from './oidc-account.js';
import { OidcService } from './oidc.service.js';
import type { Principal } from './principal.js';
import { provePassword } from './prove-password.js';

const PasswordBody = z.strictObject({ password: z.string().max(1_024) });
const BeginQuery = z.strictObject({ next: z.string().max(8_000).optional() });

/** Sign-in through a provider: there and back by redirects of the browser (OpenID Connect Core 1.0, 3.1). */
@Controller('api')
@UseInterceptors(RefusalsInterceptor)
export class OidcController {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly oidc: OidcService,
  ) {}

  @OpenToAll()
  @Get('sign-in/provider')
  async begin(
    @Query({ schema: BeginQuery }) { next }: z.infer<typeof BeginQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    void reply.redirect(await this.oidc.begin(reply, { account: null, next: nextPath(next) }, new Date()), 303);
  }

  /** What comes is checked by the protocol, as the provider sent it. */
  @OpenToAll()
  @Get('sign-in/provider/callback')
  async end(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    void reply.redirect(await this.oidc.end(request, reply, request.url.split('?')[1] ?? '', new Date()), 303);
  }

  @Needs('read')
  @Get('account/provider')
  async read(@Asker() asker: Principal): Promise<ProviderLinks> {
    const links = await readIdentities(this.pool, accountHolder(asker).id);
    return { name: this.oidc.name, links: links.map(({ issuer, linkedAt }) => ({ issuer, linkedAt: linkedAt.toISOString() })) };
  }

  /** Gives where a browser that is signed in goes, to come back with a second way into its account. */
  @Needs('read')
  @Post('account/provider')
  @HttpCode(200)
  async link(
    @Asker() asker: Principal,
    @Body({ schema: PasswordBody }) { password }: z.infer<typeof PasswordBody>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ address: string }> {
    const { id } = accountHolder(asker);
    const now = new Date();
    const { email } = await readAccount(this.pool, id);
    await provePassword(this.pool, { id, email }, password, request.ip, now);
    return { address: await this.oidc.begin(reply, { account: id, next: '/account' }, now) };
  }

  @Needs('read')
  @Delete('account/provider')
  @HttpCode(204)
  async unlink(@Asker() asker: Principal, @Req() request: FastifyRequest): Promise<void> {
    const { id } = accountHolder(asker);
    await unlinkIdentities(this.pool, id);
    await recordAudit(this.pool, { asker, action: 'identity.change', object: id, detail: { what: 'unlinked' }, address: request.ip });
  }
}
