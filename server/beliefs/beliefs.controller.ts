import { Body, Controller, Get, HttpCode, Inject, Post, Query, UseInterceptors } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import type { Board } from '#dashboards/dashboard.js';
import { digitKinds, locales } from '#dashboards/i18n/messages.js';
import { calendars, dimensions } from '#dashboards/metric-result.js';
import { Asker } from '../access/asker.js';
import { keptFilters, narrowed } from '../access/narrow.js';
import { Needs } from '../access/needs.js';
import { ownerOf } from '../access/own.js';
import type { Principal } from '../access/principal.js';
import type { BeliefResponse, BeliefState } from '../api.js';
import { BOARDS } from '../dashboards/known-boards.js';
import { wholeWindow } from '../dashboards/whole-window.js';
import { POOL } from '../database/database.module.js';
import { RefusalsInterceptor } from '../http/refusals.interceptor.js';
import type { MetricEngine } from '../metrics/engine.js';
import { METRIC_ENGINE } from '../metrics/metrics.module.js';
import { readTargetValue } from '../targets/target-value.js';
import { beliefQuestion, skipBelief } from './belief-question.js';
import { answerBelief, unnamed } from './beliefs.js';

const person = z.string().trim().min(1).max(200);

const BeliefBody = z.strictObject({
  metric: z.string(),
  answer: z.union([z.number().min(0).max(100), z.string().max(60)]),
  lang: z.enum(locales).default('en'),
  person: person.default(unnamed),
  board: z.string().min(1).max(200).optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  filters: z.partialRecord(z.enum(dimensions), z.array(z.string())).default({}),
});

const BeliefSkip = z.strictObject({ person, board: z.string(), from: z.iso.date(), to: z.iso.date() });

const BeliefAsked = z.strictObject({
  board: z.string(),
  person,
  lang: z.enum(locales).default('en'),
  digits: z.enum(digitKinds).optional(),
  calendar: z.enum(calendars).optional(),
});

@Controller('api/beliefs')
@UseInterceptors(RefusalsInterceptor)
export class BeliefsController {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(METRIC_ENGINE) private readonly engine: MetricEngine,
    @Inject(BOARDS) private readonly boards: readonly Board[],
  ) {}

  @Needs('read')
  @Get('question')
  question(
    @Query({ schema: BeliefAsked }) { lang, digits, calendar, ...asked }: z.infer<typeof BeliefAsked>,
    @Asker() asker: Principal,
  ): Promise<BeliefState> {
    const reader = { locale: lang, ...(digits && { digits }), ...(calendar && { calendar }) };
    return beliefQuestion(this.pool, this.engine, this.boards, {
      ...asked,
      person: ownerOf(asker, asked.person),
      ...reader,
      ...narrowed({ filters: {} }, asker),
    });
  }

  @Needs('keep')
  @Post('skip')
  @HttpCode(204)
  skip(@Body({ schema: BeliefSkip }) skipped: z.infer<typeof BeliefSkip>, @Asker() asker: Principal): Promise<void> {
    return skipBelief(this.pool, this.boards, { ...skipped, person: ownerOf(asker, skipped.person) });
  }

  @Needs('keep')
  @Post()
  async answer(
    @Body({ schema: BeliefBody }) { from, to, lang, answer, ...told }: z.infer<typeof BeliefBody>,
    @Asker() asker: Principal,
  ): Promise<BeliefResponse> {
    const said = {
      ...told,
      person: ownerOf(asker, told.person),
      filters: keptFilters(told.filters, asker),
      answer: typeof answer === 'number' ? answer : readTargetValue(answer, '%', { locale: lang }),
    };
    const whole = await wholeWindow(this.pool, undefined, undefined);
    return answerBelief(this.pool, this.engine, { ...said, window: { ...whole, ...(from && { from }), ...(to && { to }) } });
  }
}
