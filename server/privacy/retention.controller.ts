import { Body, Controller, Get, HttpCode, Inject, Ip, Param, Patch, Post, Query, UseInterceptors } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import { Asker } from '../access/asker.js';
import { Needs } from '../access/needs.js';
import type { Principal } from '../access/principal.js';
import type { Retention, RetentionDue, RetentionResponse } from '../api.js';
import { recordAudit } from '../audit/audit.js';
import { ETL_POOL, POOL } from '../database/database.module.js';
import { RefusalsInterceptor } from '../http/refusals.interceptor.js';
import { wholeNumber } from '../http/whole-number.js';
import { RetentionKeeper } from './retention-keeper.js';
import { mostDays, readDue, readRetention, setRetention } from './retention.js';

const Keeping = z
  .strictObject({ keepTextsDays: z.number().int().min(1).max(mostDays).nullable().optional(), isPaused: z.boolean().optional() })
  .refine((change) => Object.keys(change).length > 0, 'Nothing to change; give keepTextsDays or isPaused.');

const Limit = z.strictObject({ days: wholeNumber(1, mostDays) });

/** How long texts are kept. */
@Needs('manage')
@Controller('api/privacy/retention')
@UseInterceptors(RefusalsInterceptor)
export class RetentionController {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(ETL_POOL) private readonly etlPool: pg.Pool,
    private readonly keeper: RetentionKeeper,
  ) {}

  @Get()
  async list(): Promise<RetentionResponse> {
    const { isRunning } = this.keeper;
    return { connections: await readRetention(this.pool), nextAt: await this.keeper.nextAt(), isRunning };
  }

  @Get(':connection/due')
  due(@Param('connection') connection: string, @Query({ schema: Limit }) { days }: z.infer<typeof Limit>): Promise<RetentionDue> {
    return readDue(this.pool, connection, days);
  }

  @Patch(':connection')
  async keep(
    @Param('connection') connection: string,
    @Body({ schema: Keeping }) { keepTextsDays, isPaused }: z.infer<typeof Keeping>,
    @Asker() asker: Principal,
    @Ip() address: string,
  ): Promise<Retention> {
    const set = await setRetention(this.etlPool, connection, { keepTextsDays, isPaused });
    const detail = { ...(keepTextsDays !== undefined && { keepTextsDays }), ...(isPaused !== undefined && { isPaused }) };
    await recordAudit(this.pool, { asker, action: 'setting.change', object: connection, detail, address });
    return set;
  }

  /** Begins; the list says when it is over. */
  @Post('run')
  @HttpCode(202)
  async run(@Asker() asker: Principal, @Ip() address: string): Promise<void> {
    await recordAudit(this.pool, { asker, action: 'retention', object: 'run', address });
    this.keeper.runNow();
  }
}
