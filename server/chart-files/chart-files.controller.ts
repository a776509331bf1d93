import { Controller, Get, Param, Query, StreamableFile, UseInterceptors } from '@nestjs/common';
import type { z } from 'zod';
import { Asker } from '../access/asker.js';
import { demand } from '../access/demand.js';
import { narrowed } from '../access/narrow.js';
import { Needs } from '../access/needs.js';
import type { Principal } from '../access/principal.js';
import { ChartFileQuery } from '../dashboards/file-question.js';
import { RefusalsInterceptor } from '../http/refusals.interceptor.js';
import { Missing, Refusal } from '../refusal.js';
import { ChartFilesService, chartFileFormats } from './chart-files.service.js';

@Controller('api/boards')
@UseInterceptors(RefusalsInterceptor)
export class ChartFilesController {
  constructor(private readonly files: ChartFilesService) {}

  @Needs('read')
  @Get(':board/charts/:file')
  async file(
    @Param('board') board: string,
    @Param('file') file: string,
    @Query({ schema: ChartFileQuery }) { isRaw, ...question }: z.infer<typeof ChartFileQuery>,
    @Asker() asker: Principal,
  ): Promise<StreamableFile> {
    const { chart, format } = readName(file);
    if (format !== 'svg') demand(asker, 'export');
    if (question.unknownParameters.length > 0)
      throw new Refusal(`Unknown parameter "${question.unknownParameters.join('", "')}"; a chart's file takes those of its board.`);
    const { stream, contentType, name } = await this.files.file(board, chart, format, narrowed(question, asker), isRaw);
    return new StreamableFile(stream, { type: contentType, disposition: `attachment; filename="${name}"` });
  }
}

function readName(file: string) {
  const dot = file.lastIndexOf('.');
  const format = chartFileFormats.find((known) => known === file.slice(dot + 1));
  if (dot < 1 || format === undefined)
    throw new Missing(
      `There is no file "${file}" of a chart; known are the chart's id with ${chartFileFormats.map((one) => `.${one}`).join(', ')}.`,
    );
  return { chart: file.slice(0, dot), format };
}
