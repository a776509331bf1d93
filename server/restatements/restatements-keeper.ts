import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type pg from 'pg';
import { reasonOf } from '#etl/error-code.js';
import { log } from '../console.js';
import { POOL } from '../database/database.module.js';
import type { MetricEngine } from '../metrics/engine.js';
import { METRIC_ENGINE } from '../metrics/metrics.module.js';
import { publishWeeks } from './publish.js';

/** What stood for less is not said to have been published; each look asks one statement a board. */
const publishEveryMs = 600_000;

/** Records what past weeks say, and when they say something else. */
@Injectable()
export class RestatementsKeeper implements OnApplicationShutdown {
  private version: number | null = null;
  private current: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(METRIC_ENGINE) private readonly engine: MetricEngine,
  ) {}

  @Interval('restatements', publishEveryMs)
  look(): Promise<void> {
    if (!this.isStopped) this.current = this.publish().catch((error: unknown) => this.tell(error));
    return this.current;
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    await this.current;
  }

  private async publish(): Promise<void> {
    const version = await this.engine.version();
    if (version === this.version) return;
    await publishWeeks(this.pool, this.engine, new Date());
    this.version = version;
  }

  private tell(error: unknown): void {
    if (!this.isStopped) log(`past weeks could not be compared with what was said of them: ${reasonOf(error)}`);
  }
}
