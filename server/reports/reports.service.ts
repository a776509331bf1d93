import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import type { Board } from '#dashboards/dashboard.js';
import { DashboardsService } from '../dashboards/dashboards.service.js';
import { BOARDS } from '../dashboards/known-boards.js';
import type { Question } from '../dashboards/question.js';
import { readConnections } from '../dashboards/state.js';
import { POOL } from '../database/database.module.js';
import { buildReport } from './build-report.js';
import { renderPdf } from './render-pdf.js';

/** Prints what the boards show, out of the same memory. */
@Injectable()
export class ReportsService {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(BOARDS) private readonly boards: readonly Board[],
    private readonly dashboards: DashboardsService,
  ) {}

  async summary(question: Question): Promise<Uint8Array> {
    const { ask, window } = await this.dashboards.prepare(question);
    return renderPdf(await buildReport(this.boards, ask, question, window, await readConnections(this.pool)));
  }
}
