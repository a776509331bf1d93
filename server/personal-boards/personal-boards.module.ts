import { Module } from '@nestjs/common';
import { BoardsModule } from '../dashboards/boards.module.js';
import { DashboardsModule } from '../dashboards/dashboards.module.js';
import { PersonalBoardsController } from './personal-boards.controller.js';
import { PersonalBoardsService } from './personal-boards.service.js';

@Module({ imports: [BoardsModule, DashboardsModule], controllers: [PersonalBoardsController], providers: [PersonalBoardsService] })
export class PersonalBoardsModule {}
