import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { Board } from '#dashboards/dashboard.js';
import { answerChart, askChart, findBoard } from '../dashboards/boards.js';
import { findChart } from '../dashboards/charts.js';
import { DashboardsService } from '../dashboards/dashboards.service.js';
import { BOARDS } from '../dashboards/known-boards.js';
import type { Question } from '../dashboards/question.js';
import { contentTypes, viewFormats } from '../exports/formats.js';
import { rowFile } from '../exports/row-file.js';
import { chartSvg } from '../reports/chart-svg.js';
import { chartColumns, chartRows } from './chart-rows.js';
import { chartSheet } from './chart-sheet.js';

export const chartFileFormats = ['svg', ...viewFormats] as const;
export type ChartFileFormat = (typeof chartFileFormats)[number];

export interface ChartFile {
  name: string;
  contentType: string;
  stream: Readable;
}

/** Charts as files, out of the same answers the page draws. */
@Injectable()
export class ChartFilesService {
  constructor(
    @Inject(BOARDS) private readonly boards: readonly Board[],
    private readonly dashboards: DashboardsService,
  ) {}

  /** Throws `Missing` for a board, or a chart of it, that nobody knows. */
  async file(boardId: string, chartId: string, format: ChartFileFormat, question: Question, isRaw: boolean): Promise<ChartFile> {
    const board = findBoard(this.boards, boardId);
    const definition = findChart([board], chartId);
    const { ask, window } = await this.dashboards.prepare(question);
    const name = `throughline-${chartId}-${window.from}-${window.to}.${format}`;
    const chart = await answerChart(ask, definition, question, window);
    if (format === 'svg') {
      const sheet = chartSheet(chart, await chartSvg(chart), question);
      return { name, contentType: 'image/svg+xml; charset=utf-8', stream: Readable.from([Buffer.from(sheet)], { objectMode: false }) };
    }
    const asked = await askChart(ask, definition, question, window);
    const about = {
      title: chart.title,
      summary: chart.summary,
      definition: chart.explanation.definition,
      from: window.from,
      to: window.to,
      zone: window.zone,
      ...(chart.result.asOf !== null && { asOf: chart.result.asOf }),
    };
    const rows = chartRows(asked.chart, asked.answers, asked.units);
    return { name, contentType: contentTypes[format], stream: rowFile(format, chartColumns, [rows], { about, isRaw }) };
  }
}
