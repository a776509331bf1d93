import { Module } from '@nestjs/common';
import { AnswerWarmer } from './answer-warmer.js';
import { DashboardsController } from './dashboards.controller.js';
import { DashboardsService } from './dashboards.service.js';
import { SampleService } from './sample.service.js';

@Module({ controllers: [DashboardsController], providers: [AnswerWarmer, DashboardsService, SampleService] })
export class DashboardsModule {}
