import { Controller, ForbiddenException, Get, Headers, Inject, Param, Query, Res, StreamableFile, UseInterceptors } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type pg from 'pg';
import { z } from 'zod';
import { Asker } from '../access/asker.js';
import { Needs } from '../access/needs.js';
import type { Principal } from '../access/principal.js';
import type { ExportsResponse } from '../api.js';
import { recordAudit } from '../audit/audit.js';
import { RefusalsInterceptor } from '../dashboards/refusals.interceptor.js';
import { POOL } from '../database/database.module.js';
import { exportStream } from './export-view.js';
import { acceptedFormat, contentTypes, viewFormats } from './formats.js';
import { analyticsVersion, estimatedRows, findView, listViews } from './view-catalog.js';

const format = z.enum(viewFormats, { error: (issue) => `${JSON.stringify(issue.input)} is not known; known: ${viewFormats.join(', ')}.` });

const ExportQuery = z.strictObject({
  format: format.optional(),
  raw: z.enum(['0', '1'], { error: 'is 1 for CSV cells as they are, also those a spreadsheet would run as formulas, or 0.' }).default('0'),
});

@Controller('api/exports')
@UseInterceptors(RefusalsInterceptor)
export class ExportsController {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  @Needs('export')
  @Get()
  async views(): Promise<ExportsResponse> {
    const views = await listViews(this.pool);
    const estimates = await Promise.all(views.map((view) => estimatedRows(this.pool, view)));
    return {
      version: await analyticsVersion(this.pool),
      views: views.map((view, index) => ({ ...view, estimatedRows: estimates[index] ?? 0 })),
    };
  }

  /** The kind of file is that of `format`, or of the `Accept` header, or CSV. */
  @Needs('export')
  @Get(':view')
  async view(
    @Param('view') view: string,
    @Query({ schema: ExportQuery }) query: z.infer<typeof ExportQuery>,
    @Headers('accept') accept: string | undefined,
    @Asker() asker: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const request = { view, format: query.format ?? acceptedFormat(accept) ?? 'csv', isRaw: query.raw === '1' };
    if (asker.scope !== null)
      throw new ForbiddenException(
        'A view has the rows of everybody; your account sees a part of them. Ask by the page, or an administrator.',
      );
    const { name } = await findView(this.pool, view);
    void reply.header('throughline-estimated-rows', await estimatedRows(this.pool, { name }));
    await recordAudit(this.pool, { asker, action: 'export', object: name, detail: { format: request.format, raw: request.isRaw } });
    const stream = await exportStream(this.pool, request);
    return new StreamableFile(stream, {
      type: contentTypes[request.format],
      disposition: `attachment; filename="throughline-${view}.${request.format}"`,
    });
  }
}
