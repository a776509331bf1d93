import { type DynamicModule, Global, Module } from '@nestjs/common';
import type pg from 'pg';
import { CONFIG, type Config } from '../config.js';

/** Nest token of the `pg.Pool`: `@Inject(POOL) private readonly pool: pg.Pool`. */
export const POOL = Symbol('pool');
export { CONFIG };

/** Gives everyone the pool and the config. The database is opened before Nest and closed after it. */
@Global()
@Module({})
export class DatabaseModule {
  static with(config: Config, pool: pg.Pool): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: POOL, useValue: pool },
      ],
      exports: [CONFIG, POOL],
    };
  }
}
