import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { readKey } from '#etl/vault/key.js';
import { log } from '../console.js';
import { CONFIG, type Config } from '../config.js';
import { DATABASE } from '../database/database-keeper.js';
import type { Database } from '../database/open.js';
import { closeChildren } from './children.js';
import { Workbench } from './workbench.js';

/** The workbench of a database, not yet checked. */
export function openWorkbench(config: Config, { pool, url }: Pick<Database, 'pool' | 'url'>): Workbench {
  return new Workbench({
    pool,
    databaseUrl: url,
    key: () => readKey(config.dataDirectory, config.secretKey ?? undefined),
    isAllowedBelowFloor: config.workbenchBelowFloor === 'allow',
  });
}

/** Tries the attacks at the start, beside it, and looks every minute whether what they proved still holds. */
@Injectable()
export class WorkbenchKeeper implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(private readonly workbench: Workbench) {}

  onApplicationBootstrap(): void {
    void this.workbench.check().then(() => {
      const { state, reason } = this.workbench.workbenchHealth();
      if (state === 'off') log(reason ?? 'The workbench is off.');
    });
  }

  @Interval('workbench', 60_000)
  look(): Promise<void> {
    return this.workbench.look();
  }

  async onModuleDestroy(): Promise<void> {
    closeChildren();
    await this.workbench.settled();
  }
}

/** Nest provider of the `Workbench`. */
export const workbenchProvider = {
  provide: Workbench,
  inject: [CONFIG, DATABASE],
  useFactory: openWorkbench,
};
