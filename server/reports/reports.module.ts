import { Module } from '@nestjs/common';
import { BoardsModule } from '../dashboards/boards.module.js';
import { DashboardsModule } from '../dashboards/dashboards.module.js';
import { WatchModule } from '../watch/watch.module.js';
import { ReportsController } from './reports.controller.js';
import { ReportsService } from './reports.service.js';

@Module({
  imports: [BoardsModule, DashboardsModule, WatchModule],
  controllers: [ReportsController],
  providers: [ReportsService],
  exports: [ReportsService],
})
export class ReportsModule {}
