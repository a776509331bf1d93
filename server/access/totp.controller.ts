import { Body, Controller, Delete, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Req, Res, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type pg from 'pg';
import { z } from 'zod';
import type { RecoveryCodes, SecondFactorSetup, SecondFactorState } from '../api.js';
import { recordAudit } from '../audit/audit.js';
import { POOL } from '../database/database.module.js';
import { RefusalsInterceptor } from '../http/refusals.interceptor.js';
import { Missing } from '../refusal.js';
import { accountHolder, demandPerson } from './account-holder.js';
import { readAccount } from './accounts.js';
import { Asker } from './asker.js';
import { AskerService } from './asker.service.js';
import { Needs, OpenToAll } from './needs.js';
import type { Principal } from './principal.js';
import { SessionKeeper } from './session-keeper.js';
import { endSessions } from './sessions.js';
import { SecondFactorService } from './totp-service.js';
import { removeSecondFactor } from './totp.js';

const code = z.string().min(6, 'is shorter than a code.').max(60, 'is longer than a code.');
const password = z.string().max(1_024);
const CodeBody = z.strictObject({ code });
const PasswordBody = z.strictObject({ password });
const ProofBody = z.strictObject({ password, code });

/** The second factor: asked for at sign-in, set up and removed by its account, taken off by an administrator where it is lost. */
@Controller('api')
@UseInterceptors(RefusalsInterceptor)
export class SecondFactorController {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly factors: SecondFactorService,
    private readonly sessions: SessionKeeper,
    private readonly askers: AskerService,
  ) {}

  /** The second step of sign-in: a code of the app, or a recovery code. */
  @OpenToAll()
  @Post('sign-in/second-factor')
  @HttpCode(204)
  async signIn(
    @Body({ schema: CodeBody }) told: z.infer<typeof CodeBody>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const now = new Date();
    const account = await this.factors.answer(request, reply, told.code, now);
    await this.sessions.begin(request, reply, account, 'password and code', now);
  }

  @Needs('read')
  @Get('account/second-factor')
  state(@Asker() asker: Principal): Promise<SecondFactorState> {
    return this.factors.state(accountHolder(asker));
  }

  /** A new secret. It is asked for once a code of it is given. */
  @Needs('read')
  @Post('account/second-factor')
  @HttpCode(200)
  async begin(
    @Asker() asker: Principal,
    @Body({ schema: PasswordBody }) told: z.infer<typeof PasswordBody>,
    @Req() request: FastifyRequest,
  ): Promise<SecondFactorSetup> {
    const { holder, email } = await this.holderOf(asker);
    return this.factors.begin(holder, email, told.password, request, new Date());
  }

  @Needs('read')
  @Post('account/second-factor/confirm')
  @HttpCode(200)
  async confirm(
    @Asker() asker: Principal,
    @Body({ schema: CodeBody }) told: z.infer<typeof CodeBody>,
    @Req() request: FastifyRequest,
  ): Promise<RecoveryCodes> {
    const holder = accountHolder(asker);
    const codes = await this.factors.confirm(holder, told.code, request, new Date());
    await this.endOthers(holder, request);
    return { codes };
  }

  /** New recovery codes in place of the old ones. */
  @Needs('read')
  @Post('account/second-factor/codes')
  @HttpCode(200)
  async renew(
    @Asker() asker: Principal,
    @Body({ schema: ProofBody }) proof: z.infer<typeof ProofBody>,
    @Req() request: FastifyRequest,
  ): Promise<RecoveryCodes> {
    const { holder, email } = await this.holderOf(asker);
    return { codes: await this.factors.renewCodes(holder, email, proof, request, new Date()) };
  }

  @Needs('read')
  @Delete('account/second-factor')
  @HttpCode(204)
  async remove(
    @Asker() asker: Principal,
    @Body({ schema: ProofBody }) proof: z.infer<typeof ProofBody>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const { holder, email } = await this.holderOf(asker);
    await this.factors.remove(holder, email, proof, request, new Date());
    await this.endOthers(holder, request);
  }

  /** For somebody who lost the app and the recovery codes; the password alone opens until another one is set up. */
  @Needs('manage')
  @Delete('users/:id/second-factor')
  @HttpCode(204)
  async reset(@Asker() asker: Principal, @Param('id', ParseUUIDPipe) id: string, @Req() request: FastifyRequest): Promise<void> {
    demandPerson(asker);
    const { email } = await readAccount(this.pool, id);
    if (!(await removeSecondFactor(this.pool, id))) throw new Missing(`The account ${email} has no second factor.`);
    await endSessions(this.pool, id);
    await recordAudit(this.pool, { asker, action: 'second-factor.change', object: id, detail: { what: 'reset' }, address: request.ip });
  }

  /** What was opened before was opened by less, or by somebody else. */
  private async endOthers({ id }: { id: string }, request: FastifyRequest): Promise<void> {
    const current = await this.askers.session(request, new Date());
    await endSessions(this.pool, id, current?.id ?? null);
  }

  private async holderOf(asker: Principal): Promise<{ holder: ReturnType<typeof accountHolder>; email: string }> {
    const holder = accountHolder(asker);
    const { email } = await readAccount(this.pool, holder.id);
    return { holder, email };
  }
}
