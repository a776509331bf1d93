import type { CliContext } from '../command-line/cli-context.js';
import { DashboardsService } from '../dashboards/dashboards.service.js';
import { knownBoards } from '../dashboards/known-boards.js';
import { WatchService } from '../watch/watch.service.js';
import type { ReportContext } from './report-context.js';

/** What a command makes summaries with. */
export async function commandContext({ pool, config, engine }: CliContext): Promise<ReportContext> {
  const boards = knownBoards(config.boardsDirectory);
  const metricEngine = await engine();
  const [dashboards, watch] = [new DashboardsService(pool, metricEngine, boards), new WatchService(pool, metricEngine)];
  return { pool, boards, dashboards, watch, publicUrl: config.publicUrl };
}
