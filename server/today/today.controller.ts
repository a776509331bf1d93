import { Controller, Get, Query, UseInterceptors } from '@nestjs/common';
import { Needs } from '../access/needs.js';
import type { TodayResponse } from '../api.js';
import { QuestionQuery, type Question } from '../dashboards/question.js';
import { RefusalsInterceptor } from '../dashboards/refusals.interceptor.js';
import { TodayService } from './today.service.js';

@Controller('api/today')
@UseInterceptors(RefusalsInterceptor)
export class TodayController {
  constructor(private readonly service: TodayService) {}

  @Needs('read')
  @Get()
  today(@Query({ schema: QuestionQuery }) question: Question): Promise<TodayResponse> {
    return this.service.today(question);
  }
}
