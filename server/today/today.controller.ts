import { Controller, Get, Query, UseInterceptors } from '@nestjs/common';
import { Asker } from '../access/asker.js';
import { narrowed } from '../access/narrow.js';
import { Needs } from '../access/needs.js';
import type { Principal } from '../access/principal.js';
import type { TodayResponse } from '../api.js';
import { QuestionQuery, type Question } from '../dashboards/question.js';
import { RefusalsInterceptor } from '../http/refusals.interceptor.js';
import { TodayService } from './today.service.js';

@Controller('api/today')
@UseInterceptors(RefusalsInterceptor)
export class TodayController {
  constructor(private readonly service: TodayService) {}

  @Needs('read')
  @Get()
  today(@Query({ schema: QuestionQuery }) question: Question, @Asker() asker: Principal): Promise<TodayResponse> {
    return this.service.today(narrowed(question, asker));
  }
}
