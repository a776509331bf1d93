import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, StreamableFile, UseInterceptors } from '@nestjs/common';
import { z } from 'zod';
import { Needs } from '../access/needs.js';
import type { ReportListed, ReportResponse, ReportsResponse } from '../api.js';
import { RefusalsInterceptor } from '../dashboards/refusals.interceptor.js';
import { ReportSpecBody, type ReportSpec } from './report-spec.js';
import { ReportsService } from './reports.service.js';

const ListQuery = z.strictObject({ limit: z.coerce.number().int().min(1).max(500).default(50) });

@Controller('api/reports')
@UseInterceptors(RefusalsInterceptor)
export class ReportsController {
  constructor(private readonly reports: ReportsService) {}

  @Needs('read')
  @Get()
  list(@Query({ schema: ListQuery }) { limit }: z.infer<typeof ListQuery>): Promise<ReportsResponse> {
    return this.reports.list(limit);
  }

  @Needs('steer')
  @Post()
  make(@Body({ schema: ReportSpecBody }) spec: ReportSpec): Promise<ReportListed> {
    return this.reports.makeListed(spec);
  }

  @Needs('read')
  @Get(':id')
  read(@Param('id', ParseUUIDPipe) id: string): Promise<ReportResponse> {
    return this.reports.read(id);
  }

  @Needs('read')
  @Get(':id/pdf')
  async file(@Param('id', ParseUUIDPipe) id: string): Promise<StreamableFile> {
    const { fileName, pdf } = await this.reports.file(id);
    return new StreamableFile(pdf, { type: 'application/pdf', disposition: `attachment; filename="${fileName}"` });
  }
}
