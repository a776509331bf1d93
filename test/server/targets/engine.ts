import { tmpdir } from 'node:os';
import type pg from 'pg';
import { afterAll } from 'vitest';
import type { MetricEngine } from '#server/metrics/engine.js';
import { openMetricEngine } from '#server/metrics/open-engine.js';

/** Closed after the tests of the file. */
export async function measuredEngine(pool: pg.Pool): Promise<MetricEngine> {
  const engine = await openMetricEngine({ pool, directory: tmpdir(), engine: 'postgres' });
  afterAll(() => engine.close());
  return engine;
}
