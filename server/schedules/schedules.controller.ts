import { Body, Controller, Delete, Get, HttpCode, Inject, Param, ParseUUIDPipe, Patch, Post, Query, UseInterceptors } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import { Needs } from '../access/needs.js';
import type { DueResponse, MailLine, Schedule, ScheduleBody, ScheduleRun } from '../api.js';
import { CONFIG, type Config } from '../config.js';
import { Refusal } from '../dashboards/refusal.js';
import { RefusalsInterceptor } from '../dashboards/refusals.interceptor.js';
import { POOL } from '../database/database.module.js';
import { allowedAddress, parseAddress } from '../mail/address.js';
import { ReportsService } from '../reports/reports.service.js';
import { retryRun, runNow, sendTest } from './by-hand.js';
import { nextDueTimes } from './rhythm.js';
import { DueBody, PauseBody, ScheduleBodySchema, TestBody } from './schedule-body.js';
import { addSchedule, changeSchedule, pauseSchedule, readRuns, readSchedule, readSchedules, removeSchedule } from './schedules.js';

const RunsQuery = z.strictObject({ limit: z.coerce.number().int().min(1).max(500).default(20) });

@Controller('api/schedules')
@UseInterceptors(RefusalsInterceptor)
export class SchedulesController {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(CONFIG) private readonly config: Config,
    private readonly reports: ReportsService,
  ) {}

  @Needs('read')
  @Get()
  list(): Promise<Schedule[]> {
    return readSchedules(this.pool, new Date());
  }

  @Needs('steer')
  @Post()
  add(@Body({ schema: ScheduleBodySchema }) told: z.output<typeof ScheduleBodySchema>): Promise<Schedule> {
    return addSchedule(this.pool, this.checked(told), new Date());
  }

  @Needs('steer')
  @Post('due')
  @HttpCode(200)
  due(@Body({ schema: DueBody }) { rhythm, zone }: z.output<typeof DueBody>): DueResponse {
    return { due: nextDueTimes(rhythm, zone, new Date(), 5).map(({ local, at }) => ({ localDue: local, dueAt: at.toISOString() })) };
  }

  @Needs('read')
  @Get(':id')
  read(@Param('id', ParseUUIDPipe) id: string): Promise<Schedule> {
    return readSchedule(this.pool, new Date(), { id });
  }

  /** The whole of it. */
  @Needs('steer')
  @Patch(':id')
  change(
    @Param('id', ParseUUIDPipe) id: string,
    @Body({ schema: ScheduleBodySchema }) told: z.output<typeof ScheduleBodySchema>,
  ): Promise<Schedule> {
    return changeSchedule(this.pool, id, this.checked(told), new Date());
  }

  @Needs('steer')
  @Delete(':id')
  @HttpCode(204)
  remove(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return removeSchedule(this.pool, id);
  }

  @Needs('steer')
  @Patch(':id/pause')
  pause(@Param('id', ParseUUIDPipe) id: string, @Body({ schema: PauseBody }) { isPaused }: z.output<typeof PauseBody>): Promise<Schedule> {
    return pauseSchedule(this.pool, id, isPaused, new Date());
  }

  @Needs('read')
  @Get(':id/runs')
  runs(
    @Param('id', ParseUUIDPipe) id: string,
    @Query({ schema: RunsQuery }) { limit }: z.output<typeof RunsQuery>,
  ): Promise<ScheduleRun[]> {
    return readRuns(this.pool, id, limit);
  }

  @Needs('steer')
  @Post(':id/test')
  @HttpCode(200)
  async test(
    @Param('id', ParseUUIDPipe) id: string,
    @Body({ schema: TestBody }) { name, address }: z.output<typeof TestBody>,
  ): Promise<MailLine> {
    const to = allowedAddress(parseAddress(address, name), this.config.mail.domains);
    return sendTest(this.pool, await readSchedule(this.pool, new Date(), { id }), to, (spec) => this.reports.make(spec));
  }

  @Needs('steer')
  @Post(':id/run')
  @HttpCode(202)
  async run(@Param('id', ParseUUIDPipe) id: string): Promise<Schedule> {
    await runNow(this.pool, await readSchedule(this.pool, new Date(), { id }), new Date());
    return readSchedule(this.pool, new Date(), { id });
  }

  @Needs('steer')
  @Post('runs/:run/retry')
  @HttpCode(204)
  retry(@Param('run', ParseUUIDPipe) run: string): Promise<void> {
    return retryRun(this.pool, run, new Date());
  }

  /** Told at once, not when the first summary is due. */
  private checked(told: ScheduleBody): ScheduleBody {
    const addresses = [...told.recipients.map(({ address }) => address), ...(told.ownerAddress === null ? [] : [told.ownerAddress])];
    for (const address of addresses) allowedAddress(parseAddress(address), this.config.mail.domains);
    const known = this.reports.context.boards.map(({ id }) => id);
    const unknown = told.spec.boards.find((id) => !known.includes(id));
    if (unknown !== undefined) throw new Refusal(`There is no board "${unknown}"; known: ${known.join(', ')}.`);
    return told;
  }
}
