import { Body, Controller, Inject, Post, UseInterceptors } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import { dimensions } from '#dashboards/metric-result.js';
import type { BeliefResponse } from '../api.js';
import { RefusalsInterceptor } from '../dashboards/refusals.interceptor.js';
import { wholeWindow } from '../dashboards/whole-window.js';
import { POOL } from '../database/database.module.js';
import type { MetricEngine } from '../metrics/engine.js';
import { METRIC_ENGINE } from '../metrics/metrics.module.js';
import { answerBelief, unnamed } from './beliefs.js';

const BeliefBody = z.strictObject({
  metric: z.string(),
  answer: z.number().min(0).max(100),
  person: z.string().trim().min(1).max(200).default(unnamed),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  filters: z.partialRecord(z.enum(dimensions), z.array(z.string())).default({}),
});

/** Open to everyone who reaches the loopback address, until there is sign-in. */
@Controller('api/beliefs')
@UseInterceptors(RefusalsInterceptor)
export class BeliefsController {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(METRIC_ENGINE) private readonly engine: MetricEngine,
  ) {}

  @Post()
  async answer(@Body({ schema: BeliefBody }) { from, to, ...said }: z.infer<typeof BeliefBody>): Promise<BeliefResponse> {
    const whole = await wholeWindow(this.pool, undefined, undefined);
    return answerBelief(this.pool, this.engine, { ...said, window: { ...whole, ...(from && { from }), ...(to && { to }) } });
  }
}
