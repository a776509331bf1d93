import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, UseInterceptors } from '@nestjs/common';
import { z } from 'zod';
import { locales } from '#dashboards/i18n/messages.js';
import type { RetryOutcome } from '#etl/quarantine.js';
import { Needs } from '../access/needs.js';
import type { ConnectionDetail, ConnectionTest, ConnectorForm, MeaningPreview, ProgressResponse, QuarantineResponse } from '../api.js';
import { RefusalsInterceptor } from '../http/refusals.interceptor.js';
import { quarantineQuery, type QuarantineQuery } from './quarantine-page.js';
import { ConnectionsService } from './connections.service.js';

const meanings = ['ours_active', 'ours_waiting', 'customer', 'third_party', 'done', 'cancelled', 'unmapped'] as const;

const RequestBody = z.strictObject({
  name: z.string().trim().min(1).max(200),
  connector: z.string().min(1),
  config: z.record(z.string(), z.unknown()),
  secrets: z.record(z.string(), z.string()).default({}),
});

/** In whose language reasons are said. */
const Reader = z.strictObject({ lang: z.enum(locales).default('en') });

const MeaningsBody = z.strictObject({ statuses: z.record(z.string(), z.enum(meanings)) });

const ChangeBody = z.union([
  MeaningsBody,
  z.strictObject({ everySeconds: z.number().int().min(60).max(86_400).nullable() }),
  z.strictObject({ isPaused: z.boolean() }),
]);

const DismissBody = z.union([
  z.strictObject({ id: z.uuid() }),
  z.strictObject({ code: z.string().min(1).max(200) }),
  z.strictObject({ all: z.literal(true) }),
]);

const ConfirmBody = z.strictObject({ missing: z.number().int().min(1) });

const RemoveBody = z.strictObject({ keepsData: z.boolean().default(false) });

@Controller('api')
@UseInterceptors(RefusalsInterceptor)
export class ConnectionsController {
  constructor(private readonly connections: ConnectionsService) {}

  @Needs('manage')
  @Get('connectors')
  connectors(): ConnectorForm[] {
    return this.connections.forms();
  }

  @Needs('manage')
  @Post('connections/test')
  @HttpCode(200)
  test(
    @Body({ schema: RequestBody }) request: z.infer<typeof RequestBody>,
    @Query({ schema: Reader }) { lang }: z.infer<typeof Reader>,
  ): Promise<ConnectionTest> {
    return this.connections.test(request, lang);
  }

  @Needs('manage')
  @Post('connections')
  save(@Body({ schema: RequestBody }) request: z.infer<typeof RequestBody>): Promise<ConnectionDetail> {
    return this.connections.save(request);
  }

  @Needs('manage')
  @Get('connections/:name')
  detail(@Param('name') name: string): Promise<ConnectionDetail> {
    return this.connections.detail(name);
  }

  @Needs('manage')
  @Get('connections/:name/progress')
  progress(@Param('name') name: string): Promise<ProgressResponse> {
    return this.connections.progress(name);
  }

  @Needs('manage')
  @Get('connections/:name/quarantine')
  quarantine(@Param('name') name: string, @Query({ schema: quarantineQuery }) query: QuarantineQuery): Promise<QuarantineResponse> {
    return this.connections.quarantine(name, query);
  }

  @Needs('manage')
  @Post('connections/:name/quarantine/dismiss')
  @HttpCode(200)
  dismiss(@Param('name') name: string, @Body({ schema: DismissBody }) which: z.infer<typeof DismissBody>): Promise<{ dismissed: number }> {
    return this.connections.dismiss(name, which);
  }

  @Needs('manage')
  @Post('connections/:name/census/confirm')
  @HttpCode(200)
  confirmCensus(
    @Param('name') name: string,
    @Body({ schema: ConfirmBody }) { missing }: z.infer<typeof ConfirmBody>,
  ): Promise<ConnectionDetail> {
    return this.connections.confirmCensus(name, missing);
  }

  @Needs('manage')
  @Patch('connections/:name')
  change(@Param('name') name: string, @Body({ schema: ChangeBody }) change: z.infer<typeof ChangeBody>): Promise<ConnectionDetail> {
    if ('statuses' in change) return this.connections.mean(name, change.statuses);
    if ('isPaused' in change) return this.connections.pause(name, change.isPaused);
    return this.connections.schedule(name, change.everySeconds);
  }

  @Needs('manage')
  @Post('connections/:name/preview')
  @HttpCode(200)
  preview(
    @Param('name') name: string,
    @Body({ schema: MeaningsBody }) { statuses }: z.infer<typeof MeaningsBody>,
  ): Promise<MeaningPreview> {
    return this.connections.preview(name, statuses);
  }

  @Needs('manage')
  @Post('connections/:name/sync')
  @HttpCode(202)
  sync(@Param('name') name: string): Promise<ConnectionDetail> {
    return this.connections.syncNow(name);
  }

  @Needs('manage')
  @Post('connections/:name/quarantine/retry')
  @HttpCode(200)
  retry(@Param('name') name: string): Promise<RetryOutcome> {
    return this.connections.retry(name);
  }

  @Needs('manage')
  @Delete('connections/:name')
  @HttpCode(204)
  remove(@Param('name') name: string, @Body({ schema: RemoveBody }) { keepsData }: z.infer<typeof RemoveBody>): Promise<void> {
    return this.connections.remove(name, keepsData);
  }
}
