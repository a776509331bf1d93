import { Module } from '@nestjs/common';
import { BoardsModule } from '../dashboards/boards.module.js';
import { BeliefsController } from './beliefs.controller.js';

@Module({ imports: [BoardsModule], controllers: [BeliefsController] })
export class BeliefsModule {}
