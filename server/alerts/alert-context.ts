import type pg from 'pg';
import type { MetricEngine } from '../metrics/engine.js';
import type { WatchService } from '../watch/watch.service.js';

/** Where answers come from, and where links lead. */
export interface AlertContext {
  pool: pg.Pool;
  engine: MetricEngine;
  watch: Pick<WatchService, 'list'>;
  publicUrl: string;
}
