import type { Readable } from 'node:stream';
import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Inject,
  Ip,
  Param,
  Post,
  Query,
  Res,
  StreamableFile,
  UseInterceptors,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type pg from 'pg';
import { z } from 'zod';
import { Asker } from '../access/asker.js';
import { demand } from '../access/demand.js';
import { Needs } from '../access/needs.js';
import type { Principal } from '../access/principal.js';
import type { ExportsResponse } from '../api.js';
import { AnswerCache } from '../answer-cache.js';
import { recordAudit } from '../audit/audit.js';
import { POOL } from '../database/database.module.js';
import { acceptedFormat, contentTypes, type ViewFormat } from '../exports/formats.js';
import { analyticsVersion, estimatedRows, findView } from '../exports/view-catalog.js';
import { RefusalsInterceptor } from '../http/refusals.interceptor.js';
import { factsVersion } from '../metrics/postgres-engine.js';
import { format, QueryExportBodySchema } from './query-export-body.js';
import { QueryExports } from './query-exports.js';
import { refusedQuery } from './query-refusal.js';
import { readableViews } from './readable-views.js';

const ExportQuery = z.strictObject({
  format: format.optional(),
  raw: z.enum(['0', '1'], { error: 'is 1 for CSV cells as they are, also those a spreadsheet would run as formulas, or 0.' }).default('0'),
});

@Controller('api/exports')
@UseInterceptors(RefusalsInterceptor)
export class ExportsController {
  /** Rows of each view in a version of the facts. */
  private readonly counts = new AnswerCache(200);

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly queries: QueryExports,
  ) {}

  /** Estimates count all rows, so they are not told to who may see a part. */
  @Needs('export')
  @Get()
  async views(@Asker() asker: Principal): Promise<ExportsResponse> {
    const views = await readableViews(this.pool, asker);
    const version = await factsVersion(this.pool);
    const told: ExportsResponse['views'] = [];
    for (const view of views) {
      const count = () => estimatedRows(this.pool, view);
      // What was not known a while ago may be by now.
      const rows = asker.scope === null ? ((await this.counts.get([view.name, version], count)) ?? (await count())) : null;
      told.push({ ...view, estimatedRows: rows });
    }
    return { version: await analyticsVersion(this.pool), views: told };
  }

  @Needs('export')
  @Post('query')
  @HttpCode(200)
  async query(
    @Body({ schema: QueryExportBodySchema }) body: z.output<typeof QueryExportBodySchema>,
    @Asker() asker: Principal,
    @Ip() address: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    demand(asker, 'query');
    try {
      const { savedQuery, sql = '', values, parameters } = body;
      const request = savedQuery === undefined ? { text: sql, parameters: values } : await this.queries.kept(asker, savedQuery, parameters);
      const estimate = await this.queries.estimate(asker, request);
      const stream = await this.queries.query(request, { asker, address, format: body.format, isRaw: body.raw });
      if (estimate !== null) void reply.header('throughline-estimated-rows', estimate);
      return file(stream, 'query', body.format, reply);
    } catch (error) {
      throw refusedQuery(error);
    }
  }

  /** The kind of file is that of `format`, or of the `Accept` header, or CSV. */
  @Needs('export')
  @Get(':view')
  async view(
    @Param('view') view: string,
    @Query({ schema: ExportQuery }) query: z.infer<typeof ExportQuery>,
    @Headers('accept') accept: string | undefined,
    @Asker() asker: Principal,
    @Ip() address: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const request = { view, format: query.format ?? acceptedFormat(accept) ?? 'csv', isRaw: query.raw === '1' };
    const found = await findView(this.pool, view);
    if (asker.scope !== null) {
      const how = { asker, address, format: request.format, isRaw: request.isRaw };
      const stream = await this.queries.view(found, how).catch((error: unknown) => {
        throw refusedQuery(error);
      });
      return file(stream, view, request.format, reply);
    }
    const estimate = await estimatedRows(this.pool, found);
    if (estimate !== null) void reply.header('throughline-estimated-rows', estimate);
    const detail = { kind: 'view', format: request.format, raw: request.isRaw };
    await recordAudit(this.pool, { asker, action: 'export', object: found.name, detail, address });
    const stream = await this.queries.wholeView(request, asker).catch((error: unknown) => {
      throw refusedQuery(error);
    });
    return file(stream, view, request.format, reply);
  }
}

/** Whoever takes nothing for so long is given up, and gives the place back. */
const idleMs = 300_000;

function file(stream: Readable, what: string, kind: ViewFormat, reply: FastifyReply): StreamableFile {
  reply.raw.setTimeout(idleMs, () => reply.raw.destroy());
  return new StreamableFile(stream, { type: contentTypes[kind], disposition: `attachment; filename="throughline-${what}.${kind}"` });
}
