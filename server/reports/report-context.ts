import type pg from 'pg';
import type { Board } from '#dashboards/dashboard.js';
import type { DashboardsService } from '../dashboards/dashboards.service.js';
import type { WatchService } from '../watch/watch.service.js';

/** What a summary is made with. In the server `ReportsService.context` has it. */
export interface ReportContext {
  pool: pg.Pool;
  boards: readonly Board[];
  dashboards: DashboardsService;
  watch: WatchService;
  /** Where its links lead, without a slash at the end, such as `https://throughline.example`. */
  publicUrl: string;
}
