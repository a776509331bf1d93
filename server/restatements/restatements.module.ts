import { Module } from '@nestjs/common';
import { RestatementsController } from './restatements.controller.js';
import { RestatementsKeeper } from './restatements-keeper.js';

@Module({ controllers: [RestatementsController], providers: [RestatementsKeeper] })
export class RestatementsModule {}
