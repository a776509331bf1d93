import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { ETL_POOL } from '../database/database.module.js';
import type { MetricEngine } from '../metrics/engine.js';
import { deriveFacts } from '../metrics/facts/derive.js';
import { METRIC_ENGINE } from '../metrics/metrics.module.js';
import { removeSample } from '../sync/sample.js';

/** The made-up company, taken out with everything that came of it. */
@Injectable()
export class SampleService {
  constructor(
    @Inject(ETL_POOL) private readonly pool: pg.Pool,
    @Inject(METRIC_ENGINE) private readonly engine: MetricEngine,
  ) {}

  /** Returns once no number shows it any more. */
  async remove(): Promise<void> {
    await removeSample(this.pool);
    await deriveFacts(this.pool);
    await this.engine.refresh();
  }
}
