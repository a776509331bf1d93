import { Module } from '@nestjs/common';
import { ExportsModule } from '../workbench/exports.module.js';
import { WatchModule } from '../watch/watch.module.js';
import { ExportSchedulesController } from './export-schedules.controller.js';
import { ExportSchedulesKeeper } from './export-schedules-keeper.js';
import { ExportSchedulesService } from './export-schedules.service.js';

/** Rows that leave by themselves. */
@Module({
  imports: [WatchModule, ExportsModule],
  controllers: [ExportSchedulesController],
  providers: [ExportSchedulesService, ExportSchedulesKeeper],
})
export class ExportSchedulesModule {}
