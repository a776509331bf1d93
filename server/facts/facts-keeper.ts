import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type pg from 'pg';
import { reasonOf } from '#etl/error-code.js';
import { log } from '../console.js';
import { ETL_POOL } from '../database/database.module.js';
import type { MetricEngine } from '../metrics/engine.js';
import { deriveFacts } from '../metrics/facts/derive.js';
import { METRIC_ENGINE } from '../metrics/metrics.module.js';
import { traced } from '../telemetry/trace.js';

/** An import on the command line shows on the page after about this long. Each look is one query by key. */
const lookEveryMs = 200;

/** Brings facts and the metric engine up to date with what came in, whoever loaded it. */
@Injectable()
export class FactsKeeper implements OnApplicationShutdown {
  private readonly stopped = new AbortController();
  private current: Promise<void> | null = null;
  private lastFailure = '';

  constructor(
    @Inject(ETL_POOL) private readonly pool: pg.Pool,
    @Inject(METRIC_ENGINE) private readonly engine: MetricEngine,
  ) {}

  @Interval('facts', lookEveryMs)
  async look(): Promise<void> {
    if (this.stopped.signal.aborted) return;
    await this.bringUpToDate().catch((error: unknown) => this.tellOnce(error));
  }

  /** Joins the round that runs, or makes one. */
  bringUpToDate(): Promise<void> {
    this.current ??= this.round().finally(() => (this.current = null));
    return this.current;
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    await this.current?.catch(() => undefined);
  }

  private async round(): Promise<void> {
    const { rows } = await this.pool.query<{ isDirty: boolean; version: number }>(
      `select exists (select from facts.dirty) as "isDirty", version::float8 as version from facts.state`,
    );
    const state = rows[0];
    const version = state?.isDirty ? await this.derive() : state?.version;
    if (version !== (await this.engine.version())) await this.engine.refresh();
    this.lastFailure = '';
  }

  private derive(): Promise<number> {
    return traced('derive', {}, async (span) => {
      const { items, version } = await deriveFacts(this.pool, { signal: this.stopped.signal, wait: false });
      span.setAttributes({ 'throughline.items': items, 'throughline.facts.version': version });
      return version;
    });
  }

  /** The same failure at every look is one line, not a thousand. */
  private tellOnce(error: unknown): void {
    const failure = reasonOf(error);
    if (failure === this.lastFailure || this.stopped.signal.aborted) return;
    this.lastFailure = failure;
    log(`facts could not be brought up to date, trying again every ${lookEveryMs / 1000} s: ${failure}`);
  }
}
