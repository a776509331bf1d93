import { Body, Controller, Delete, Get, HttpCode, Inject, Param, ParseUUIDPipe, Patch, Post, Query, UseInterceptors } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import { digitKinds, locales } from '#dashboards/i18n/messages.js';
import { calendars, dimensions } from '#dashboards/metric-result.js';
import { Asker } from '../access/asker.js';
import { isSeen, keptFilters } from '../access/narrow.js';
import { Needs } from '../access/needs.js';
import { nameOf, type Principal } from '../access/principal.js';
import type { Target } from '../api.js';
import { POOL } from '../database/database.module.js';
import { RefusalsInterceptor } from '../http/refusals.interceptor.js';
import type { MetricEngine } from '../metrics/engine.js';
import { METRIC_ENGINE } from '../metrics/metrics.module.js';
import { resetTarget, setTarget, type Desk } from './set-target.js';
import { findTarget, readTargets, removeTarget } from './targets.js';

const Reader = z.strictObject({
  lang: z.enum(locales).default('en'),
  digits: z.enum(digitKinds).optional(),
  calendar: z.enum(calendars).optional(),
});

const Setting = {
  value: z.union([z.string().trim().min(1).max(60), z.number()]).optional(),
  from: z.iso.date().optional(),
  by: z.string().trim().min(1, 'is empty; say who sets it.').max(120, 'is longer than 120 characters.'),
  note: z.string().trim().max(200).optional(),
  ratchet: z
    .strictObject({ every: z.enum(['month', 'quarter']).default('quarter'), weeks: z.number().int().min(6).max(52).default(13) })
    .nullable()
    .optional(),
};

const NewTarget = z.strictObject({
  metric: z.string(),
  part: z.string().nullable().optional(),
  scope: z.partialRecord(z.enum(dimensions), z.array(z.string()).min(1)).default({}),
  ...Setting,
});

const TargetChange = z.strictObject(Setting);

@Controller('api/targets')
@UseInterceptors(RefusalsInterceptor)
export class TargetsController {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(METRIC_ENGINE) private readonly engine: MetricEngine,
  ) {}

  @Needs('read')
  @Get()
  async list(@Query({ schema: Reader }) reader: z.infer<typeof Reader>, @Asker() asker: Principal): Promise<Target[]> {
    return (await readTargets(this.pool, this.desk(reader).reader)).filter(({ scope }) => isSeen(scope, asker));
  }

  @Needs('steer')
  @Post()
  set(
    @Query({ schema: Reader }) reader: z.infer<typeof Reader>,
    @Body({ schema: NewTarget }) target: z.infer<typeof NewTarget>,
    @Asker() asker: Principal,
  ): Promise<Target> {
    return setTarget(
      this.desk(reader),
      { ...target, scope: keptFilters(target.scope, asker) },
      { ...target, by: nameOf(asker, target.by) },
    );
  }

  @Needs('steer')
  @Patch(':id')
  async change(
    @Param('id', ParseUUIDPipe) id: string,
    @Query({ schema: Reader }) reader: z.infer<typeof Reader>,
    @Body({ schema: TargetChange }) change: z.infer<typeof TargetChange>,
    @Asker() asker: Principal,
  ): Promise<Target> {
    await findTarget(this.pool, id, asker);
    return resetTarget(this.desk(reader), id, { ...change, by: nameOf(asker, change.by) });
  }

  @Needs('steer')
  @Delete(':id')
  @HttpCode(204)
  async remove(@Param('id', ParseUUIDPipe) id: string, @Asker() asker: Principal): Promise<void> {
    await findTarget(this.pool, id, asker);
    return removeTarget(this.pool, id);
  }

  private desk({ lang, digits, calendar }: z.infer<typeof Reader>): Desk {
    return { pool: this.pool, engine: this.engine, reader: { locale: lang, ...(digits && { digits }), ...(calendar && { calendar }) } };
  }
}
