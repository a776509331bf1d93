import { Module } from '@nestjs/common';
import { BoardsModule } from '../dashboards/boards.module.js';
import { DashboardsModule } from '../dashboards/dashboards.module.js';
import { ChartFilesController } from './chart-files.controller.js';
import { ChartFilesService } from './chart-files.service.js';

@Module({ imports: [BoardsModule, DashboardsModule], controllers: [ChartFilesController], providers: [ChartFilesService] })
export class ChartFilesModule {}
