import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { boards } from '#dashboards/boards/index.js';
import { DashboardsService } from '#server/dashboards/dashboards.service.js';
import { openMetricEngine } from '#server/metrics/open-engine.js';
import type { ReportContext } from '#server/reports/report-context.js';
import { WatchService } from '#server/watch/watch.service.js';
import { sampleDatabase } from '../../support/sample-company.js';

/** What a summary of the sample company is made with; closed when the file is done. */
export async function sampleContext(): Promise<ReportContext> {
  const { pool } = await sampleDatabase();
  const directory = await mkdtemp(join(tmpdir(), 'throughline-summary-'));
  const engine = await openMetricEngine({ pool, directory, engine: 'duckdb' });
  afterAll(async () => {
    await engine.close();
    await rm(directory, { recursive: true, force: true });
  });
  return {
    pool,
    boards,
    dashboards: new DashboardsService(pool, engine, boards),
    watch: new WatchService(pool, engine),
    publicUrl: 'https://throughline.test',
  };
}
