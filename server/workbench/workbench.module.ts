import { Global, Module } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../database/database.module.js';
import { Runs } from './runs.js';
import { Workbench } from './workbench.js';
import { WorkbenchController } from './workbench.controller.js';
import { WorkbenchKeeper, workbenchProvider } from './workbench-keeper.js';

/** SQL of an analyst's own, with a login of its own. */
@Global()
@Module({
  controllers: [WorkbenchController],
  providers: [
    workbenchProvider,
    { provide: Runs, inject: [POOL, Workbench], useFactory: (pool: pg.Pool, workbench: Workbench) => new Runs(pool, workbench) },
  ],
  exports: [Workbench],
})
export class WorkbenchModule {}

/** Sets it up with the server; without, the first who asks does. */
@Module({ providers: [WorkbenchKeeper] })
export class WorkbenchKeepingModule {}
