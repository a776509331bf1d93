import { openDuckdbEngine } from './duckdb-engine.js';
import type { EngineOptions, MetricEngine } from './engine.js';
import { openPostgresEngine } from './postgres-engine.js';

/**
 * Opens the engine, its copy refreshed. Where another process has the columnar copy open (the server runs, the command line asks)
 * Postgres answers instead.
 */
export async function openMetricEngine(options: EngineOptions): Promise<MetricEngine> {
  if (options.engine === 'postgres') return openPostgresEngine(options.pool);
  return (await openDuckdbEngine(options)) ?? openPostgresEngine(options.pool);
}
