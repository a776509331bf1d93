import { Module } from '@nestjs/common';
import { DashboardsController } from './dashboards.controller.js';
import { DashboardsService } from './dashboards.service.js';
import { SampleService } from './sample.service.js';

@Module({ controllers: [DashboardsController], providers: [DashboardsService, SampleService] })
export class DashboardsModule {}
