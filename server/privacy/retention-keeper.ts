import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type pg from 'pg';
import { reasonOf } from '#etl/error-code.js';
import { log } from '../console.js';
import { ETL_POOL } from '../database/database.module.js';
import { iso } from '../database/iso.js';
import { applyRetention } from './apply-retention.js';

const lookEveryMs = 600_000;

/** Takes away once a day what is older than it may be kept. Any number of servers may do this: one of them gets the day. */
@Injectable()
export class RetentionKeeper implements OnApplicationShutdown {
  private readonly stopped = new AbortController();
  private running: Promise<void> | null = null;

  constructor(@Inject(ETL_POOL) private readonly pool: pg.Pool) {}

  get isRunning(): boolean {
    return this.running !== null;
  }

  @Interval('retention', lookEveryMs)
  look(): Promise<void> {
    return this.once(() => this.runOfDay());
  }

  /** Begins now, whatever was done today. */
  runNow(): void {
    void this.once(() => this.run());
  }

  /** ISO; not before the day after the one that was done last. */
  async nextAt(): Promise<string> {
    const { rows } = await this.pool.query<{ at: string }>(
      `select ${iso(`greatest(now(), (select (value ->> 'day')::date + 1 from app.setting where name = 'retention')::timestamptz)`)} as at`,
    );
    return rows[0]?.at ?? '';
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    await this.running;
  }

  private once(work: () => Promise<void>): Promise<void> {
    this.running ??= work()
      .catch((error: unknown) => {
        if (!this.stopped.signal.aborted) log(`what is old could not be taken away: ${reasonOf(error)}`);
      })
      .finally(() => (this.running = null));
    return this.running;
  }

  private async run(): Promise<void> {
    await applyRetention(this.pool, this.stopped.signal);
  }

  private async runOfDay(): Promise<void> {
    const { rowCount } = await this.pool.query(
      `insert into app.setting as setting (name, value) values ('retention', jsonb_build_object('day', current_date))
      on conflict (name) do update set value = excluded.value where setting.value <> excluded.value`,
    );
    if (rowCount === 1) await this.run();
  }
}
