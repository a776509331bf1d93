import { Body, Controller, Get, HttpCode, Inject, Ip, Param, ParseUUIDPipe, Post, UseInterceptors } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import type { Ownerless } from '../api.js';
import { POOL } from '../database/database.module.js';
import { RefusalsInterceptor } from '../http/refusals.interceptor.js';
import { Asker } from './asker.js';
import { Needs } from './needs.js';
import { ownerlessKinds } from './owned-tables.js';
import { giveOwnerless, readOwnerless } from './ownerless.js';
import type { Principal } from './principal.js';

const Kind = z.enum(ownerlessKinds);
const Giving = z.strictObject({ account: z.uuid() });

/** What people kept whose account is gone. */
@Needs('manage')
@Controller('api/ownerless')
@UseInterceptors(RefusalsInterceptor)
export class OwnerlessController {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  @Get()
  list(): Promise<Ownerless[]> {
    return readOwnerless(this.pool);
  }

  @Post(':kind/:id')
  @HttpCode(204)
  give(
    @Param('kind', { schema: Kind }) kind: z.infer<typeof Kind>,
    @Param('id', ParseUUIDPipe) id: string,
    @Body({ schema: Giving }) { account }: z.infer<typeof Giving>,
    @Asker() asker: Principal,
    @Ip() address: string,
  ): Promise<void> {
    return giveOwnerless(this.pool, { kind, id, account }, { asker, address });
  }
}
