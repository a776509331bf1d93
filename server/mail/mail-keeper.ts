import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type pg from 'pg';
import { reasonOf } from '#etl/error-code.js';
import { CONFIG, type Config } from '../config.js';
import { log } from '../console.js';
import { POOL } from '../database/database.module.js';
import { dropLooseFiles } from './messages.js';
import { openDelivery } from './open-delivery.js';
import { OutboxSender } from './send-due.js';

const lookEveryMs = 5_000;
const tidyEveryMs = 3_600_000;

/** Sends what is due. Any number of servers and workers may do this. */
@Injectable()
export class MailKeeper implements OnApplicationShutdown {
  private readonly stopped = new AbortController();
  private readonly sender: OutboxSender;
  private running: Promise<void> | null = null;

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(CONFIG) config: Config,
  ) {
    this.sender = new OutboxSender(pool, { settings: config.mail, delivery: openDelivery(config), now: () => new Date() });
  }

  @Interval('mail', lookEveryMs)
  look(): Promise<void> {
    this.running ??= this.send().finally(() => (this.running = null));
    return this.running;
  }

  @Interval('mail-files', tidyEveryMs)
  async tidy(): Promise<void> {
    await dropLooseFiles(this.pool).catch((error: unknown) => log(`files of sent messages could not be removed: ${reasonOf(error)}`));
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    await this.running;
  }

  private async send(): Promise<void> {
    if (this.stopped.signal.aborted) return;
    await this.sender.sendDue(this.stopped.signal).catch((error: unknown) => log(`messages could not be sent: ${reasonOf(error)}`));
  }
}
