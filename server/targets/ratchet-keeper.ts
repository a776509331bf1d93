import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type pg from 'pg';
import { reasonOf } from '#etl/error-code.js';
import { log } from '../console.js';
import { POOL } from '../database/database.module.js';
import type { MetricEngine } from '../metrics/engine.js';
import { METRIC_ENGINE } from '../metrics/metrics.module.js';
import { moveRatchets } from './ratchet.js';

/** Periods end once a month at most; a version of the facts is looked at once. */
const lookEveryMs = 60_000;

/** Moves the targets that follow the best level, when there is a new version of the facts. */
@Injectable()
export class RatchetKeeper implements OnApplicationShutdown {
  private version: number | null = null;
  private current: Promise<void> | null = null;
  private isStopped = false;

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(METRIC_ENGINE) private readonly engine: MetricEngine,
  ) {}

  @Interval('ratchets', lookEveryMs)
  async look(): Promise<void> {
    if (this.isStopped) return;
    this.current ??= this.move()
      .catch((error: unknown) => this.tell(error))
      .finally(() => (this.current = null));
    await this.current;
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    await this.current;
  }

  private async move(): Promise<void> {
    const version = await this.engine.version();
    if (version === this.version) return;
    await moveRatchets(this.pool, this.engine);
    this.version = version;
  }

  private tell(error: unknown): void {
    if (!this.isStopped) log(`targets that follow the best level could not be looked at: ${reasonOf(error)}`);
  }
}
