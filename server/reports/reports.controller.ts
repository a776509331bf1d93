import { Controller, Get, Query, StreamableFile, UseInterceptors } from '@nestjs/common';
import { QuestionQuery, type Question } from '../dashboards/question.js';
import { RefusalsInterceptor } from '../dashboards/refusals.interceptor.js';
import { ReportsService } from './reports.service.js';

/** Open to everyone who reaches the loopback address, until there is sign-in. */
@Controller('api/reports')
@UseInterceptors(RefusalsInterceptor)
export class ReportsController {
  constructor(private readonly reports: ReportsService) {}

  @Get('summary')
  async summary(@Query({ schema: QuestionQuery }) question: Question): Promise<StreamableFile> {
    return new StreamableFile(await this.reports.summary(question), {
      type: 'application/pdf',
      disposition: 'attachment; filename="throughline-summary.pdf"',
    });
  }
}
