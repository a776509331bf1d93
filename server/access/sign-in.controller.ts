import { Body, Controller, Get, HttpCode, Inject, Post, Query, Req, Res, UnauthorizedException, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type pg from 'pg';
import { z } from 'zod';
import type { PasswordAnswer, SignInAnswer, SignInState, WelcomeLook } from '../api.js';
import { recordAudit } from '../audit/audit.js';
import { CONFIG, type Config } from '../config.js';
import { POOL } from '../database/database.module.js';
import { RefusalsInterceptor } from '../http/refusals.interceptor.js';
import { OpenToAll } from './needs.js';
import { nextPath } from './next-path.js';
import { OidcService } from './oidc.service.js';
import { SessionKeeper } from './session-keeper.js';
import { accountOfPassword, TooManyAttempts } from './sign-in.js';
import { SecondFactorService } from './totp-service.js';
import { readFoundation } from './visitors.js';
import { followLink, lookAtLink } from './welcome-links.js';

/** Longer ones are refused by the rules; this keeps a hash from being asked of a megabyte. */
const password = z.string().min(1, 'is empty.').max(1_024, 'is longer than 1024 characters.');
const key = z.string().min(1).max(100);
const name = z.string().trim().max(120, 'is longer than 120 characters.').default('');

const StateQuery = z.strictObject({ next: z.string().max(8_000).optional() });
const SignInBody = z.strictObject({ email: z.string().min(1, 'is empty.').max(320, 'is longer than 320 characters.'), password });
const LookBody = z.strictObject({ key });
const WelcomeBody = z.strictObject({ key, password, name, email: z.string().trim().max(320).default('') });

/** For whoever is not known yet. */
@Controller('api')
@UseInterceptors(RefusalsInterceptor)
export class SignInController {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(CONFIG) private readonly config: Config,
    private readonly sessions: SessionKeeper,
    private readonly factors: SecondFactorService,
    private readonly oidc: OidcService,
  ) {}

  @OpenToAll()
  @Get('sign-in')
  async state(@Query({ schema: StateQuery }) { next }: z.infer<typeof StateQuery>): Promise<SignInState> {
    const { hasAdmin } = await readFoundation(this.pool);
    return { needsFirstAdmin: !hasAdmin, provider: this.oidc.name, next: nextPath(next) };
  }

  @OpenToAll()
  @Post('sign-in')
  @HttpCode(200)
  async signIn(
    @Body({ schema: SignInBody }) told: z.infer<typeof SignInBody>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignInAnswer> {
    const now = new Date();
    const account = await this.accountOf(told, request, reply, now);
    if (await this.factors.ask(reply, account, now)) return { step: 'second-factor' };
    await this.sessions.begin(request, reply, account, 'password', now);
    return { step: 'done' };
  }

  @OpenToAll()
  @Post('sign-out')
  @HttpCode(204)
  signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    return this.sessions.end(request, reply, new Date());
  }

  /** What a link that sets a password is for. Posted, so that the key stands in no log. */
  @OpenToAll()
  @Post('welcome/look')
  @HttpCode(200)
  async look(@Body({ schema: LookBody }) told: z.infer<typeof LookBody>): Promise<WelcomeLook> {
    const { account: _account, ...look } = await lookAtLink(this.pool, told.key, new Date());
    return look;
  }

  @OpenToAll()
  @Post('welcome')
  @HttpCode(200)
  async welcome(
    @Body({ schema: WelcomeBody }) told: z.infer<typeof WelcomeBody>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PasswordAnswer> {
    const now = new Date();
    const { flaw, account, isFirstAdmin } = await followLink(this.pool, told.key, told.password, told, this.config.publicUrl, now);
    if (account === null) return { flaw };
    await recordAudit(this.pool, {
      asker: null,
      action: isFirstAdmin ? 'account.add' : 'password.change',
      object: account,
      detail: { how: 'link' },
      address: request.ip,
    });
    // Whoever has an account signs in, with all that is asked for there.
    if (isFirstAdmin) await this.sessions.begin(request, reply, account, 'link', now);
    return { flaw };
  }

  private async accountOf(
    { email, password }: z.infer<typeof SignInBody>,
    request: FastifyRequest,
    reply: FastifyReply,
    now: Date,
  ): Promise<string> {
    try {
      const account = await accountOfPassword(this.pool, email, password, request.ip, now);
      if (account === null) throw new UnauthorizedException('This address and password do not belong together.');
      return account;
    } catch (error) {
      if (error instanceof TooManyAttempts) reply.header('retry-after', error.waitSeconds);
      throw error;
    }
  }
}
