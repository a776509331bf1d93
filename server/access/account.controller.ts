import {
  Body,
  Controller,
  Delete,
  ForbiddenException,
  Get,
  HttpCode,
  Inject,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
  Req,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type pg from 'pg';
import { z } from 'zod';
import type { AccountResponse, PasswordAnswer } from '../api.js';
import { recordAudit } from '../audit/audit.js';
import { CONFIG, type Config } from '../config.js';
import { POOL } from '../database/database.module.js';
import { RefusalsInterceptor } from '../http/refusals.interceptor.js';
import { Missing } from '../refusal.js';
import { changeAccount, readAccount } from './accounts.js';
import { AskerService } from './asker.service.js';
import { Asker } from './asker.js';
import { Needs } from './needs.js';
import { flawOf, setPassword } from './passwords.js';
import type { Principal } from './principal.js';
import { provePassword } from './prove-password.js';
import { SessionKeeper } from './session-keeper.js';
import { endSession, endSessions, readSessions } from './sessions.js';

const NameBody = z.strictObject({
  name: z.string().trim().min(1, 'is empty; say how others see you.').max(120, 'is longer than 120 characters.'),
});
const PasswordBody = z.strictObject({ current: z.string().max(1_024), password: z.string().min(1, 'is empty.').max(1_024) });

/** The account of whoever asks, who must be signed in: a token is no person. */
@Controller('api/account')
@UseInterceptors(RefusalsInterceptor)
export class AccountController {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(CONFIG) private readonly config: Config,
    private readonly askers: AskerService,
    private readonly sessions: SessionKeeper,
  ) {}

  @Needs('read')
  @Get()
  async read(@Asker() asker: Principal, @Req() request: FastifyRequest): Promise<AccountResponse> {
    const now = new Date();
    const account = await readAccount(this.pool, idOf(asker));
    const current = await this.askers.session(request, now);
    const sessions = await readSessions(this.pool, account.id, now);
    const { id, name, email, role, scope, seesNames } = account;
    const lines = sessions.map(({ createdAt, seenAt, ...session }) => ({
      ...session,
      isThisOne: session.id === current?.id,
      createdAt: createdAt.toISOString(),
      seenAt: seenAt.toISOString(),
    }));
    return { id, name, email, role, scope, seesNames, sessions: lines };
  }

  @Needs('read')
  @Patch()
  @HttpCode(204)
  async rename(
    @Asker() asker: Principal,
    @Body({ schema: NameBody }) { name }: z.infer<typeof NameBody>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const id = idOf(asker);
    await changeAccount(this.pool, id, { name }, new Date());
    await recordAudit(this.pool, { asker, action: 'account.change', object: id, detail: { changed: 'name' }, address: request.ip });
  }

  /** Ends all other sessions, and gives this one a new token. */
  @Needs('read')
  @Post('password')
  @HttpCode(200)
  async changePassword(
    @Asker() asker: Principal,
    @Body({ schema: PasswordBody }) { current, password }: z.infer<typeof PasswordBody>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PasswordAnswer> {
    const now = new Date();
    const account = await readAccount(this.pool, idOf(asker));
    await provePassword(this.pool, account, current, request.ip, now);
    const flaw = await flawOf(password, account, this.config.publicUrl);
    if (flaw !== null) return { flaw };
    await setPassword(this.pool, account.id, password, now);
    await endSessions(this.pool, account.id);
    await recordAudit(this.pool, { asker, action: 'password.change', object: account.id, address: request.ip });
    await this.sessions.begin(request, reply, account.id, 'password change', now);
    return { flaw };
  }

  @Needs('read')
  @Delete('sessions/:id')
  @HttpCode(204)
  async endOne(@Asker() asker: Principal, @Param('id', ParseUUIDPipe) id: string, @Req() request: FastifyRequest): Promise<void> {
    if (!(await endSession(this.pool, idOf(asker), id))) throw new Missing(`There is no session ${id} of yours; it may have ended.`);
    await recordAudit(this.pool, { asker, action: 'session.end', object: id, address: request.ip });
  }

  /** All but this one. */
  @Needs('read')
  @Delete('sessions')
  @HttpCode(204)
  async endOthers(@Asker() asker: Principal, @Req() request: FastifyRequest): Promise<void> {
    const current = await this.askers.session(request, new Date());
    const ended = await endSessions(this.pool, idOf(asker), current?.id ?? null);
    await recordAudit(this.pool, { asker, action: 'session.end', detail: { ended }, address: request.ip });
  }
}

function idOf({ id, by }: Principal): string {
  if (id === null || by !== 'session') throw new ForbiddenException('This belongs to an account; sign in with one.');
  return id;
}
