import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, StreamableFile, UseInterceptors } from '@nestjs/common';
import { z } from 'zod';
import { Asker } from '../access/asker.js';
import { keptFilters } from '../access/narrow.js';
import { Needs } from '../access/needs.js';
import type { Principal } from '../access/principal.js';
import type { ReportListed, ReportResponse, ReportSpec, ReportsResponse } from '../api.js';
import { RefusalsInterceptor } from '../http/refusals.interceptor.js';
import { wholeNumber } from '../http/whole-number.js';
import { ReportSpecBody } from './report-spec.js';
import { ReportsService } from './reports.service.js';

const ListQuery = z.strictObject({ limit: wholeNumber(1, 500).default(50) });

@Controller('api/reports')
@UseInterceptors(RefusalsInterceptor)
export class ReportsController {
  constructor(private readonly reports: ReportsService) {}

  @Needs('read')
  @Get()
  list(@Query({ schema: ListQuery }) { limit }: z.infer<typeof ListQuery>, @Asker() asker: Principal): Promise<ReportsResponse> {
    return this.reports.list(limit, asker);
  }

  @Needs('steer')
  @Post()
  make(@Body({ schema: ReportSpecBody }) spec: ReportSpec, @Asker() asker: Principal): Promise<ReportListed> {
    return this.reports.makeListed({ ...spec, filters: keptFilters(spec.filters, asker) });
  }

  @Needs('read')
  @Get(':id')
  read(@Param('id', ParseUUIDPipe) id: string, @Asker() asker: Principal): Promise<ReportResponse> {
    return this.reports.read(id, asker);
  }

  @Needs('read')
  @Get(':id/pdf')
  async file(@Param('id', ParseUUIDPipe) id: string, @Asker() asker: Principal): Promise<StreamableFile> {
    const { fileName, pdf } = await this.reports.file(id, asker);
    return new StreamableFile(pdf, { type: 'application/pdf', disposition: `attachment; filename="${fileName}"` });
  }
}
