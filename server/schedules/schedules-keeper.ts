import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type pg from 'pg';
import { reasonOf } from '#etl/error-code.js';
import { CONFIG, type Config } from '../config.js';
import { SourceAccess } from '../connections/source-access.js';
import { log } from '../console.js';
import { POOL } from '../database/database.module.js';
import { ReportsService } from '../reports/reports.service.js';
import { ScheduleRunner } from './run-due.js';
import { tellOwners } from './tell-owner.js';
import { unsubscribeToken } from './unsubscribe.js';

const lookEveryMs = 15_000;

/** Makes summaries when they are due. Any number of servers may do this. */
@Injectable()
export class SchedulesKeeper implements OnApplicationShutdown {
  private readonly stopped = new AbortController();
  private running: Promise<void> | null = null;

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(CONFIG) private readonly config: Config,
    private readonly reports: ReportsService,
    private readonly access: SourceAccess,
  ) {}

  @Interval('schedules', lookEveryMs)
  look(): Promise<void> {
    this.running ??= this.work().finally(() => (this.running = null));
    return this.running;
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    await this.running;
  }

  private async work(): Promise<void> {
    if (this.stopped.signal.aborted) return;
    try {
      const key = await this.access.vault();
      const runner = new ScheduleRunner(this.pool, {
        make: (spec) => this.reports.make(spec),
        unsubscribeLink: (id) => `${this.config.publicUrl}/unsubscribe/${unsubscribeToken(key, id)}`,
        now: () => new Date(),
      });
      await runner.runDue(this.stopped.signal);
      await tellOwners(this.pool, this.config.publicUrl);
    } catch (error) {
      log(`the schedules could not be worked on: ${reasonOf(error)}`);
    }
  }
}
