import { Controller, Get, Inject, Param, Query, StreamableFile, UseInterceptors } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import { Needs } from '../access/needs.js';
import { RefusalsInterceptor } from '../dashboards/refusals.interceptor.js';
import { POOL } from '../database/database.module.js';
import { exportStream } from './export-view.js';
import { contentTypes, viewFormats } from './formats.js';
import { listViews, type View } from './view-catalog.js';

const ExportQuery = z.strictObject({
  format: z
    .enum(viewFormats, { error: (issue) => `${JSON.stringify(issue.input)} is not known; known: ${viewFormats.join(', ')}.` })
    .default('csv'),
});

@Controller('api/exports')
@UseInterceptors(RefusalsInterceptor)
export class ExportsController {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  @Needs('export')
  @Get()
  views(): Promise<View[]> {
    return listViews(this.pool);
  }

  @Needs('export')
  @Get(':view')
  async view(
    @Param('view') view: string,
    @Query({ schema: ExportQuery }) { format }: z.infer<typeof ExportQuery>,
  ): Promise<StreamableFile> {
    const stream = await exportStream(this.pool, { view, format });
    return new StreamableFile(stream, { type: contentTypes[format], disposition: `attachment; filename="throughline-${view}.${format}"` });
  }
}
