import { Body, Controller, Delete, Get, HttpCode, Inject, Ip, Param, ParseUUIDPipe, Post, UseInterceptors } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import type { ApiToken, NewApiToken } from '../api.js';
import { recordAudit } from '../audit/audit.js';
import { POOL } from '../database/database.module.js';
import { RefusalsInterceptor } from '../http/refusals.interceptor.js';
import { accountHolder } from './account-holder.js';
import { Asker } from './asker.js';
import { Needs } from './needs.js';
import { permissions, type Principal } from './principal.js';
import { ScopeBody } from './scope-body.js';
import { listTokens, makeToken, mostTokenDays, revokeToken, usualTokenDays } from './token.js';

const NewToken = z.strictObject({
  name: z.string().trim().min(1, 'is empty; say what the token is for.').max(120, 'is longer than 120 characters.'),
  permissions: z.array(z.enum(permissions)).min(1, 'is empty; a token that may do nothing opens nothing.').max(permissions.length),
  scope: ScopeBody.nullable().default(null),
  days: z.int().min(1).max(mostTokenDays, `is longer than ${mostTokenDays} days; make a new token by then.`).default(usualTokenDays),
});

/** Tokens of the account that asks. */
@Controller('api/account/tokens')
@UseInterceptors(RefusalsInterceptor)
export class TokenController {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  @Needs('read')
  @Get()
  list(@Asker() asker: Principal): Promise<ApiToken[]> {
    return listTokens(this.pool, accountHolder(asker).id);
  }

  @Needs('read')
  @Post()
  async make(
    @Body({ schema: NewToken }) wish: z.infer<typeof NewToken>,
    @Asker() asker: Principal,
    @Ip() address: string,
  ): Promise<NewApiToken> {
    const made = await makeToken(this.pool, accountHolder(asker), wish, new Date());
    const detail = { name: made.name, permissions: made.permissions.join(' '), expiresAt: made.expiresAt };
    await recordAudit(this.pool, { asker, action: 'token.make', object: made.id, detail, address });
    return made;
  }

  @Needs('read')
  @Delete(':id')
  @HttpCode(204)
  async revoke(@Param('id', ParseUUIDPipe) id: string, @Asker() asker: Principal, @Ip() address: string): Promise<void> {
    const { name } = await revokeToken(this.pool, accountHolder(asker).id, id, new Date());
    await recordAudit(this.pool, { asker, action: 'token.revoke', object: id, detail: { name }, address });
  }
}
