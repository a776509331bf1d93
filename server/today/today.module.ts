import { Module } from '@nestjs/common';
import { BoardsModule } from '../dashboards/boards.module.js';
import { DashboardsModule } from '../dashboards/dashboards.module.js';
import { WatchModule } from '../watch/watch.module.js';
import { TodayController } from './today.controller.js';
import { TodayService } from './today.service.js';

@Module({
  imports: [BoardsModule, DashboardsModule, WatchModule],
  controllers: [TodayController],
  providers: [TodayService],
  exports: [TodayService],
})
export class TodayModule {}
