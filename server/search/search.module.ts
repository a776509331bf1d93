import { Module } from '@nestjs/common';
import { BoardsModule } from '../dashboards/boards.module.js';
import { DashboardsModule } from '../dashboards/dashboards.module.js';
import { SearchController } from './search.controller.js';

@Module({ imports: [BoardsModule, DashboardsModule], controllers: [SearchController] })
export class SearchModule {}
