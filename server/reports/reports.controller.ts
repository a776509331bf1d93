import { Body, Controller, Post, UseInterceptors } from '@nestjs/common';
import { RefusalsInterceptor } from '../dashboards/refusals.interceptor.js';
import { ReportSpecBody, type ReportSpec } from './report-spec.js';
import { ReportsService } from './reports.service.js';

/** Open to everyone who reaches the loopback address, until there is sign-in. */
@Controller('api/reports')
@UseInterceptors(RefusalsInterceptor)
export class ReportsController {
  constructor(private readonly reports: ReportsService) {}

  @Post()
  async make(@Body({ schema: ReportSpecBody }) spec: ReportSpec): Promise<{ id: string }> {
    const { id } = await this.reports.make(spec);
    return { id };
  }
}
