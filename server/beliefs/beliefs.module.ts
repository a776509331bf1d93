import { Module } from '@nestjs/common';
import { BeliefsController } from './beliefs.controller.js';

@Module({ controllers: [BeliefsController] })
export class BeliefsModule {}
