import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import type { Board } from '#dashboards/dashboard.js';
import { askedOfSpan } from '../dashboards/asked.js';
import { askEngine } from '../dashboards/ask-engine.js';
import type { Question } from '../dashboards/question.js';
import { readConnections, readDataSpan } from '../dashboards/state.js';
import { BOARDS } from '../dashboards/known-boards.js';
import { POOL } from '../database/database.module.js';
import type { MetricEngine } from '../metrics/engine.js';
import { METRIC_ENGINE } from '../metrics/metrics.module.js';
import { buildReport } from './build-report.js';
import { renderPdf } from './render-pdf.js';

/** Prints what the boards show. */
@Injectable()
export class ReportsService {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(METRIC_ENGINE) private readonly engine: MetricEngine,
    @Inject(BOARDS) private readonly boards: readonly Board[],
  ) {}

  async summary(question: Question): Promise<Uint8Array> {
    const window = askedOfSpan(question, await readDataSpan(this.pool));
    return renderPdf(await buildReport(this.boards, askEngine(this.engine, this.pool), question, window, await readConnections(this.pool)));
  }
}
