import { Module } from '@nestjs/common';
import { RatchetKeeper } from './ratchet-keeper.js';
import { TargetsController } from './targets.controller.js';

@Module({ controllers: [TargetsController], providers: [RatchetKeeper] })
export class TargetsModule {}
