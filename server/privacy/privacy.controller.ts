import { Body, Controller, Get, HttpCode, Inject, Param, Patch, Post, Query, Req, UseInterceptors } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type pg from 'pg';
import { z } from 'zod';
import { Asker } from '../access/asker.js';
import { Needs } from '../access/needs.js';
import type { Principal } from '../access/principal.js';
import { recordAudit } from '../audit/audit.js';
import { RefusalsInterceptor } from '../dashboards/refusals.interceptor.js';
import { POOL } from '../database/database.module.js';
import { erasePerson, type Erased } from './erase-person.js';
import { findPerson, type Party } from './find-person.js';
import { readRetention, setRetention, type Retention } from './retention.js';

const Who = z.strictObject({ who: z.string().trim().min(2).max(200) });

const Erasing = Who.extend({ addresses: z.array(z.string().trim().min(3).max(320)).max(20).default([]) });

const Keeping = z.strictObject({ keepTextsDays: z.number().int().min(1).max(36_500).nullable() });

/** Erases people, and says how long texts are kept. What is done is recorded under the pseudonym, never under the name. */
@Needs('manage')
@Controller('api/privacy')
@UseInterceptors(RefusalsInterceptor)
export class PrivacyController {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  /** Whom `POST` would erase. */
  @Get('person')
  find(@Query({ schema: Who }) { who }: z.infer<typeof Who>): Promise<Party[]> {
    return findPerson(this.pool, who);
  }

  @Post('person/erase')
  @HttpCode(200)
  async erase(
    @Body({ schema: Erasing }) person: z.infer<typeof Erasing>,
    @Asker() asker: Principal,
    @Req() { ip: address }: FastifyRequest,
  ): Promise<Erased> {
    const { pseudonym, ...counts } = await erasePerson(this.pool, person);
    await recordAudit(this.pool, { asker, action: 'person.erase', object: pseudonym, detail: { ...counts }, address });
    return { pseudonym, ...counts };
  }

  @Get('retention')
  retention(): Promise<Retention[]> {
    return readRetention(this.pool);
  }

  @Patch('retention/:connection')
  async keep(
    @Param('connection') connection: string,
    @Body({ schema: Keeping }) { keepTextsDays }: z.infer<typeof Keeping>,
    @Asker() asker: Principal,
    @Req() { ip: address }: FastifyRequest,
  ): Promise<Retention> {
    const set = await setRetention(this.pool, connection, keepTextsDays);
    await recordAudit(this.pool, { asker, action: 'setting.change', object: connection, detail: { keepTextsDays }, address });
    return set;
  }
}
