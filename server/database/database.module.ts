import { type DynamicModule, Global, Module } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import { DATABASE, DatabaseKeeper } from './database-keeper.js';
import type { Database } from './open.js';

/** Nest token of the `pg.Pool`: `@Inject(POOL) private readonly pool: pg.Pool`. */
export const POOL = Symbol('pool');
/** The same for what reads tools and derives facts. */
export const ETL_POOL = Symbol('etl pool');
export { CONFIG };

/** Gives everyone the pool, the database and the config. The database is opened before Nest and closed after it. */
@Global()
@Module({})
export class DatabaseModule {
  static with(config: Config, database: Database): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: POOL, useValue: database.pool },
        { provide: ETL_POOL, useValue: database.etlPool },
        { provide: DATABASE, useValue: database },
        ...(database.isEmbedded ? [DatabaseKeeper] : []),
      ],
      exports: [CONFIG, POOL, ETL_POOL, DATABASE],
    };
  }
}
