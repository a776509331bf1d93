import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import type { Board } from '#dashboards/dashboard.js';
import type { Principal } from '../access/principal.js';
import type { ReportListed, ReportResponse, ReportSpec, ReportsResponse } from '../api.js';
import { CONFIG, type Config } from '../config.js';
import { DashboardsService } from '../dashboards/dashboards.service.js';
import { BOARDS } from '../dashboards/known-boards.js';
import { POOL } from '../database/database.module.js';
import { WatchService } from '../watch/watch.service.js';
import { traced } from '../telemetry/trace.js';
import { listReports, readReport, readReportFile } from './kept-reports.js';
import { makeReport } from './make-report.js';
import type { MadeReport } from './made-report.js';
import type { ReportContext } from './report-context.js';

/** Makes and keeps summaries out of what the boards show, from the same memory. */
@Injectable()
export class ReportsService {
  /** What `makeReport` wants. */
  readonly context: ReportContext;

  constructor(
    @Inject(POOL) pool: pg.Pool,
    @Inject(BOARDS) boards: readonly Board[],
    @Inject(CONFIG) config: Config,
    dashboards: DashboardsService,
    watch: WatchService,
  ) {
    this.context = { pool, boards, dashboards, watch, publicUrl: config.publicUrl };
  }

  make(spec: ReportSpec): Promise<MadeReport> {
    return traced('report', { 'throughline.language': spec.locale }, () => makeReport(this.context, spec));
  }

  async makeListed(spec: ReportSpec): Promise<ReportListed> {
    const { id } = await this.make(spec);
    const { spec: _spec, document: _document, ...listed } = await this.read(id, { scope: null });
    return listed;
  }

  /** Those of which the asker may see all they are about. */
  list(limit: number, asker: Pick<Principal, 'scope'>): Promise<ReportsResponse> {
    return listReports(this.context.pool, limit, asker);
  }

  read(id: string, asker: Pick<Principal, 'scope'>): Promise<ReportResponse> {
    return readReport(this.context.pool, id, asker);
  }

  file(id: string, asker: Pick<Principal, 'scope'>): Promise<{ fileName: string; pdf: Uint8Array }> {
    return readReportFile(this.context.pool, id, asker);
  }
}
