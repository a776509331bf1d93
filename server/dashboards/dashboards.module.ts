import { Module } from '@nestjs/common';
import { AnswerWarmer } from './answer-warmer.js';
import { BoardsModule } from './boards.module.js';
import { DashboardsController } from './dashboards.controller.js';
import { DashboardsService } from './dashboards.service.js';
import { SampleService } from './sample.service.js';

@Module({
  imports: [BoardsModule],
  controllers: [DashboardsController],
  providers: [AnswerWarmer, DashboardsService, SampleService],
  exports: [AnswerWarmer, DashboardsService],
})
export class DashboardsModule {}
