import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Query, UseInterceptors } from '@nestjs/common';
import { z } from 'zod';
import { locales } from '#dashboards/i18n/messages.js';
import { Asker } from '../access/asker.js';
import { Needs } from '../access/needs.js';
import { ownerTold } from '../access/hand-over.js';
import { nameOf, type Principal } from '../access/principal.js';
import type { AlertHistoryResponse, AlertPreview, AlertResponse, AlertTest, WatchableNumber } from '../api.js';
import { RefusalsInterceptor } from '../http/refusals.interceptor.js';
import { AlertsService } from './alerts.service.js';
import type { PageReader } from './present.js';
import { AlertDeliveryBody, AlertRuleBody } from './rule.js';

const text = (most: number) => z.string().trim().min(1, 'is empty.').max(most, `is longer than ${most} characters.`);
const person = text(120);

const Content = z.strictObject({
  name: text(160),
  ...ownerTold,
  rule: AlertRuleBody,
  delivery: AlertDeliveryBody,
  channels: z.array(z.uuid()).max(20).default([]),
});
const Change = z
  .strictObject({
    name: text(160).optional(),
    ...ownerTold,
    rule: AlertRuleBody.optional(),
    delivery: AlertDeliveryBody.optional(),
    channels: z.array(z.uuid()).max(20).optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'Nothing to change; give name, owner, ownerId, rule, delivery or channels.');
const Draft = z.strictObject({ name: text(160), ...ownerTold, rule: AlertRuleBody, delivery: AlertDeliveryBody });
const Mute = z.strictObject({ by: person, why: text(500), until: z.iso.datetime({ offset: true }) });
const By = z.strictObject({ by: person });
const Remark = z.strictObject({ by: person, text: text(2_000) });

/** In whose language it is said. */
const Reader = z
  .strictObject({ lang: z.enum(locales).default('en'), digits: z.enum(['own', 'latn']).optional() })
  .transform(({ lang, digits }): PageReader => ({ locale: lang, ...(digits && { digits }) }));

@Controller('api/alerts')
@UseInterceptors(RefusalsInterceptor)
export class AlertsController {
  constructor(private readonly alerts: AlertsService) {}

  @Needs('read')
  @Get()
  list(@Query({ schema: Reader }) reader: PageReader, @Asker() asker: Principal): Promise<AlertResponse[]> {
    return this.alerts.list(reader, asker);
  }

  @Needs('steer')
  @Post()
  add(
    @Body({ schema: Content }) content: z.infer<typeof Content>,
    @Query({ schema: Reader }) reader: PageReader,
    @Asker() asker: Principal,
  ): Promise<AlertResponse> {
    return this.alerts.add(content, reader, asker);
  }

  @Needs('read')
  @Get('numbers')
  numbers(@Query({ schema: Reader }) reader: PageReader): WatchableNumber[] {
    return this.alerts.numbers(reader);
  }

  @Needs('steer')
  @Post('preview')
  @HttpCode(200)
  preview(@Body({ schema: Draft }) draft: z.infer<typeof Draft>, @Asker() asker: Principal): Promise<AlertPreview> {
    return this.alerts.preview({ ...draft, owner: nameOf(asker, draft.owner ?? '…') }, asker);
  }

  @Needs('steer')
  @Patch(':id')
  change(
    @Param('id', ParseUUIDPipe) id: string,
    @Body({ schema: Change }) change: z.infer<typeof Change>,
    @Query({ schema: Reader }) reader: PageReader,
    @Asker() asker: Principal,
  ): Promise<AlertResponse> {
    return this.alerts.change(id, change, reader, asker);
  }

  @Needs('steer')
  @Delete(':id')
  @HttpCode(204)
  remove(@Param('id', ParseUUIDPipe) id: string, @Asker() asker: Principal): Promise<void> {
    return this.alerts.remove(id, asker);
  }

  @Needs('read')
  @Get(':id/history')
  history(
    @Param('id', ParseUUIDPipe) id: string,
    @Query({ schema: Reader }) reader: PageReader,
    @Asker() asker: Principal,
  ): Promise<AlertHistoryResponse> {
    return this.alerts.history(id, reader, asker);
  }

  @Needs('steer')
  @Post(':id/test')
  @HttpCode(200)
  test(@Param('id', ParseUUIDPipe) id: string, @Asker() asker: Principal): Promise<AlertTest> {
    return this.alerts.test(id, asker);
  }

  @Needs('steer')
  @Post(':id/mute')
  @HttpCode(200)
  mute(
    @Param('id', ParseUUIDPipe) id: string,
    @Body({ schema: Mute }) mute: z.infer<typeof Mute>,
    @Query({ schema: Reader }) reader: PageReader,
    @Asker() asker: Principal,
  ): Promise<AlertResponse> {
    return this.alerts.mute(id, { ...mute, by: nameOf(asker, mute.by) }, reader, asker);
  }

  @Needs('steer')
  @Post(':id/unmute')
  @HttpCode(200)
  unmute(
    @Param('id', ParseUUIDPipe) id: string,
    @Body({ schema: By }) { by }: z.infer<typeof By>,
    @Query({ schema: Reader }) reader: PageReader,
    @Asker() asker: Principal,
  ): Promise<AlertResponse> {
    return this.alerts.unmute(id, nameOf(asker, by), reader, asker);
  }

  @Needs('steer')
  @Post(':id/remarks')
  remark(
    @Param('id', ParseUUIDPipe) id: string,
    @Body({ schema: Remark }) remark: z.infer<typeof Remark>,
    @Query({ schema: Reader }) reader: PageReader,
    @Asker() asker: Principal,
  ): Promise<AlertHistoryResponse> {
    return this.alerts.remark(id, { ...remark, by: nameOf(asker, remark.by) }, reader, asker);
  }
}
