import { Controller, Get, Inject, Query, UseInterceptors } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import { locales } from '#dashboards/i18n/messages.js';
import { Asker } from '../access/asker.js';
import { Needs } from '../access/needs.js';
import type { Principal } from '../access/principal.js';
import type { QualityItemsResponse, QualityResponse } from '../api.js';
import { AnswerCache } from '../answer-cache.js';
import { POOL } from '../database/database.module.js';
import { RefusalsInterceptor } from '../http/refusals.interceptor.js';
import { wholeNumber } from '../http/whole-number.js';
import { readFaultyItems, readQuality } from './quality.js';

/** Whose answers are remembered at a time. */
const rememberedScopes = 8;

const QualityQuery = z.strictObject({ lang: z.enum(locales).default('en') });

const ItemsQuery = z.strictObject({
  connection: z.string(),
  check: z.string(),
  offset: wholeNumber(0, 10_000_000).default(0),
  limit: wholeNumber(1, 200).default(50),
});

@Controller('api/quality')
@UseInterceptors(RefusalsInterceptor)
export class QualityController {
  private readonly answers = new AnswerCache(locales.length * rememberedScopes);

  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  @Needs('read')
  @Get()
  async quality(
    @Query({ schema: QualityQuery }) { lang }: z.infer<typeof QualityQuery>,
    @Asker() { scope }: Principal,
  ): Promise<QualityResponse> {
    return this.answers.get({ ...(await this.state()), lang, scope }, () => readQuality(this.pool, lang, scope));
  }

  @Needs('read')
  @Get('items')
  items(@Query({ schema: ItemsQuery }) asked: z.infer<typeof ItemsQuery>, @Asker() { scope }: Principal): Promise<QualityItemsResponse> {
    return readFaultyItems(this.pool, asked, scope);
  }

  /** Counting reads every item, so it is done once for each state of the facts and the quarantine. */
  private async state(): Promise<Record<string, unknown>> {
    const { rows } = await this.pool.query<Record<string, unknown>>(
      `select (select version::text from facts.state) as facts,
        (select count(*) from ingest.connection) as connections,
        (select max(finished_at) from ingest.sync_run) as run,
        (select count(*) from ingest.quarantine where resolved_at is null and dismissed_at is null) as waiting`,
    );
    return rows[0] ?? {};
  }
}
