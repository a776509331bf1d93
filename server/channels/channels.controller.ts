import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, UseInterceptors } from '@nestjs/common';
import { z } from 'zod';
import { locales } from '#dashboards/i18n/messages.js';
import { Asker } from '../access/asker.js';
import { Needs } from '../access/needs.js';
import { nameOf, type Principal } from '../access/principal.js';
import type { ChannelPreview, ChannelResponse } from '../api.js';
import { RefusalsInterceptor } from '../http/refusals.interceptor.js';
import { ChannelsService } from './channels.service.js';
import { NewChannel } from './new-channel.js';

const Reader = z.strictObject({ lang: z.enum(locales).default('en') });

@Controller('api/channels')
@UseInterceptors(RefusalsInterceptor)
export class ChannelsController {
  constructor(private readonly channels: ChannelsService) {}

  @Needs('read')
  @Get()
  list(@Asker() asker: Principal): Promise<ChannelResponse[]> {
    return this.channels.list(asker);
  }

  @Needs('manage')
  @Post()
  add(@Body({ schema: NewChannel }) channel: NewChannel, @Asker() asker: Principal): Promise<ChannelResponse> {
    return this.channels.add({ ...channel, addedBy: nameOf(asker, channel.addedBy) });
  }

  @Needs('manage')
  @Post(':id/test')
  @HttpCode(200)
  test(
    @Param('id', ParseUUIDPipe) id: string,
    @Query({ schema: Reader }) { lang }: z.infer<typeof Reader>,
  ): Promise<{ error: string | null; message: ChannelPreview }> {
    return this.channels.test(id, lang);
  }

  @Needs('manage')
  @Delete(':id')
  @HttpCode(204)
  remove(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.channels.remove(id);
  }
}
