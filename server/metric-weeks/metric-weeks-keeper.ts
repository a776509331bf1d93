import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type pg from 'pg';
import { reasonOf } from '#etl/error-code.js';
import { log } from '../console.js';
import { ETL_POOL } from '../database/database.module.js';
import type { MetricEngine } from '../metrics/engine.js';
import { METRIC_ENGINE } from '../metrics/metrics.module.js';
import { countedVersion, FactsMoved, fillMetricWeeks } from './fill-weeks.js';

const lookEveryMs = 60_000;
/** Rests so many times as long as the counting took: readers of the page come first, however many items there are. */
const restFactor = 20;

/** Keeps `analytics.metric_week` of the facts as they are. */
@Injectable()
export class MetricWeeksKeeper implements OnApplicationShutdown {
  private readonly stopped = new AbortController();
  private running: Promise<void> | null = null;
  private restsUntil = 0;

  constructor(
    @Inject(ETL_POOL) private readonly pool: pg.Pool,
    @Inject(METRIC_ENGINE) private readonly engine: MetricEngine,
  ) {}

  @Interval('metric-weeks', lookEveryMs)
  look(): Promise<void> {
    this.running ??= this.count().finally(() => (this.running = null));
    return this.running;
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    await this.running;
  }

  private async count(): Promise<void> {
    const begin = performance.now();
    if (this.stopped.signal.aborted || begin < this.restsUntil) return;
    try {
      if ((await countedVersion(this.pool)) === (await this.engine.version())) return;
      await fillMetricWeeks(this.pool, this.engine, new Date(), this.stopped.signal);
    } catch (error) {
      if (!this.stopped.signal.aborted && !(error instanceof FactsMoved))
        log(`the weeks of metrics could not be counted: ${reasonOf(error)}`);
    }
    const end = performance.now();
    this.restsUntil = end + restFactor * (end - begin);
  }
}
