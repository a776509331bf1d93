import { Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ReportsModule } from '../reports/reports.module.js';
import { SchedulesController } from './schedules.controller.js';
import { SchedulesKeeper } from './schedules-keeper.js';
import { UnsubscribeController } from './unsubscribe.controller.js';

@Module({ imports: [ReportsModule], controllers: [SchedulesController, UnsubscribeController], providers: [SchedulesKeeper] })
export class SchedulesModule implements OnModuleInit {
  constructor(private readonly adapterHost: HttpAdapterHost) {}

  /** RFC 8058 lets a mail program unsubscribe with a form of either kind; nothing in it is read. */
  onModuleInit(): void {
    const server: ReturnType<NestFastifyApplication['getHttpAdapter']>['getInstance'] extends () => infer Server ? Server : never =
      this.adapterHost.httpAdapter.getInstance();
    if (server.hasContentTypeParser('multipart/form-data')) return;
    server.addContentTypeParser('multipart/form-data', (_request, payload, done) => {
      payload.resume();
      payload.on('end', () => done(null, undefined));
    });
  }
}
