import { Body, Controller, Delete, Get, HttpCode, Inject, Param, ParseUUIDPipe, Patch, Post, Query, UseInterceptors } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import { addressesOutOfScope } from '../access/account-scope.js';
import { Asker } from '../access/asker.js';
import { isSeen, keptFilters } from '../access/narrow.js';
import { Needs } from '../access/needs.js';
import { ownerAfter } from '../access/hand-over.js';
import type { Principal } from '../access/principal.js';
import type { DueResponse, MailLine, OwnerShown, Schedule, ScheduleBody, ScheduleRun } from '../api.js';
import { CONFIG, type Config } from '../config.js';
import { POOL } from '../database/database.module.js';
import { RefusalsInterceptor } from '../http/refusals.interceptor.js';
import { wholeNumber } from '../http/whole-number.js';
import { allowedAddress, parseAddress } from '../mail/address.js';
import { Refusal } from '../refusal.js';
import { ReportsService } from '../reports/reports.service.js';
import { runNow, sendTest } from './by-hand.js';
import { reportLedger, retryDue } from './ledger.js';
import { nextDueTimes } from './rhythm.js';
import { DueBody, PauseBody, ScheduleBodySchema, TestBody } from './schedule-body.js';
import {
  addSchedule,
  changeSchedule,
  missingSchedule,
  pauseSchedule,
  readRuns,
  readSchedule,
  readSchedules,
  removeSchedule,
  scheduleOfRun,
  type ScheduleContent,
} from './schedules.js';

const RunsQuery = z.strictObject({ limit: wholeNumber(1, 500).default(20) });

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
  async list(@Asker() asker: Principal): Promise<Schedule[]> {
    return (await readSchedules(this.pool, new Date())).filter(({ spec }) => isSeen(spec.filters, asker));
  }

  @Needs('steer')
  @Post()
  async add(@Body({ schema: ScheduleBodySchema }) told: z.output<typeof ScheduleBodySchema>, @Asker() asker: Principal): Promise<Schedule> {
    return addSchedule(this.pool, await this.checked(told, asker, null), new Date());
  }

  @Needs('read')
  @Post('due')
  @HttpCode(200)
  due(@Body({ schema: DueBody }) { rhythm, zone }: z.output<typeof DueBody>): DueResponse {
    return { due: nextDueTimes(rhythm, zone, new Date(), 5).map(({ local, at }) => ({ localDue: local, dueAt: at.toISOString() })) };
  }

  @Needs('read')
  @Get(':id')
  read(@Param('id', ParseUUIDPipe) id: string, @Asker() asker: Principal): Promise<Schedule> {
    return this.seen(id, asker);
  }

  /** The whole of it. */
  @Needs('steer')
  @Patch(':id')
  async change(
    @Param('id', ParseUUIDPipe) id: string,
    @Body({ schema: ScheduleBodySchema }) told: z.output<typeof ScheduleBodySchema>,
    @Asker() asker: Principal,
  ): Promise<Schedule> {
    return changeSchedule(this.pool, id, await this.checked(told, asker, await this.seen(id, asker)), new Date());
  }

  @Needs('steer')
  @Delete(':id')
  @HttpCode(204)
  async remove(@Param('id', ParseUUIDPipe) id: string, @Asker() asker: Principal): Promise<void> {
    await this.seen(id, asker);
    return removeSchedule(this.pool, id);
  }

  @Needs('steer')
  @Patch(':id/pause')
  async pause(
    @Param('id', ParseUUIDPipe) id: string,
    @Body({ schema: PauseBody }) { isPaused }: z.output<typeof PauseBody>,
    @Asker() asker: Principal,
  ): Promise<Schedule> {
    await this.seen(id, asker);
    return pauseSchedule(this.pool, id, isPaused, new Date());
  }

  @Needs('read')
  @Get(':id/runs')
  async runs(
    @Param('id', ParseUUIDPipe) id: string,
    @Query({ schema: RunsQuery }) { limit }: z.output<typeof RunsQuery>,
    @Asker() asker: Principal,
  ): Promise<ScheduleRun[]> {
    await this.seen(id, asker);
    return readRuns(this.pool, id, limit);
  }

  @Needs('steer')
  @Post(':id/test')
  @HttpCode(200)
  async test(
    @Param('id', ParseUUIDPipe) id: string,
    @Body({ schema: TestBody }) { name, address }: z.output<typeof TestBody>,
    @Asker() asker: Principal,
  ): Promise<MailLine> {
    const schedule = await this.seen(id, asker);
    const to = allowedAddress(parseAddress(address, name), this.config.mail.domains);
    await this.checkRecipients([to.address], schedule.spec.filters);
    return sendTest(this.pool, schedule, to, (spec) => this.reports.make(spec));
  }

  @Needs('steer')
  @Post(':id/run')
  @HttpCode(202)
  async run(@Param('id', ParseUUIDPipe) id: string, @Asker() asker: Principal): Promise<Schedule> {
    await runNow(this.pool, await this.seen(id, asker), new Date());
    return readSchedule(this.pool, new Date(), { id });
  }

  @Needs('steer')
  @Post('runs/:run/retry')
  @HttpCode(204)
  async retry(@Param('run', ParseUUIDPipe) run: string, @Asker() asker: Principal): Promise<void> {
    await this.seen(await scheduleOfRun(this.pool, run), asker);
    return retryDue(this.pool, reportLedger, run, new Date());
  }

  /** Throws `Missing`, also for one that is about what the asker may not see. */
  private async seen(id: string, asker: Principal): Promise<Schedule> {
    const schedule = await readSchedule(this.pool, new Date(), { id });
    if (!isSeen(schedule.spec.filters, asker)) throw missingSchedule(id);
    return schedule;
  }

  private async checkRecipients(addresses: readonly string[], filters: ScheduleBody['spec']['filters']): Promise<void> {
    const [address] = await addressesOutOfScope(this.pool, addresses, filters);
    if (address !== undefined)
      throw new Refusal(`${address} has an account that may not see all of this; narrow the filters of the summary, or leave it out.`);
  }

  /** Told at once, not when the first summary is due. The summaries are made within the scope of who says so. */
  private async checked({ spec, ...rest }: ScheduleBody, asker: Principal, before: OwnerShown | null): Promise<ScheduleContent> {
    const owned = await ownerAfter(this.pool, asker, rest, before && { owner: before.owner, ownerId: before.ownerId });
    const told = { ...rest, ...owned, spec: { ...spec, filters: keptFilters(spec.filters, asker) } };
    const addresses = [...told.recipients.map(({ address }) => address), ...(told.ownerAddress === null ? [] : [told.ownerAddress])];
    for (const address of addresses) allowedAddress(parseAddress(address), this.config.mail.domains);
    await this.checkRecipients(addresses, told.spec.filters);
    const known = this.reports.context.boards.map(({ id }) => id);
    const unknown = told.spec.boards.find((id) => !known.includes(id));
    if (unknown !== undefined) throw new Refusal(`There is no board "${unknown}"; known: ${known.join(', ')}.`);
    return told;
  }
}
