import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  StreamableFile,
  UseInterceptors,
} from '@nestjs/common';
import { z } from 'zod';
import { Asker } from '../access/asker.js';
import { narrowed } from '../access/narrow.js';
import { Needs } from '../access/needs.js';
import { ownerOf } from '../access/own.js';
import type { Principal } from '../access/principal.js';
import type { HandledResponse, WatchCustomersResponse, WatchItem, WatchResponse } from '../api.js';
import { contentTypes, type ViewFormat } from '../exports/formats.js';
import { RefusalsInterceptor } from '../http/refusals.interceptor.js';
import { HandledQuery, WatchFileQuery, WatchQuery, type WatchQuestion } from './watch-question.js';
import { WatchService } from './watch.service.js';

const HandledBody = z.strictObject({
  note: z.string().trim().min(1).max(2_000),
  by: z.string().trim().min(1).max(200),
});

@Controller('api/watch')
@UseInterceptors(RefusalsInterceptor)
export class WatchController {
  constructor(private readonly watch: WatchService) {}

  @Needs('read')
  @Get()
  list(@Query({ schema: WatchQuery }) question: WatchQuestion, @Asker() asker: Principal): Promise<WatchResponse> {
    return this.watch.list(narrowed(question, asker));
  }

  @Needs('export')
  @Get('download')
  async download(
    @Query({ schema: WatchFileQuery }) { format, isRaw, ...question }: WatchQuestion & { format: ViewFormat; isRaw: boolean },
    @Asker() asker: Principal,
  ): Promise<StreamableFile> {
    const stream = await this.watch.download(narrowed(question, asker), format, isRaw);
    return new StreamableFile(stream, { type: contentTypes[format], disposition: `attachment; filename="throughline-watch.${format}"` });
  }

  @Needs('read')
  @Get('customers')
  customers(@Query({ schema: WatchQuery }) question: WatchQuestion, @Asker() asker: Principal): Promise<WatchCustomersResponse> {
    return this.watch.customers(narrowed(question, asker));
  }

  @Needs('read')
  @Get('handled')
  handled(@Query({ schema: HandledQuery }) question: z.infer<typeof HandledQuery>, @Asker() asker: Principal): Promise<HandledResponse> {
    return this.watch.handled(narrowed(question, asker));
  }

  @Needs('steer')
  @Post(':item/handled')
  @HttpCode(200)
  handle(
    @Param('item', ParseUUIDPipe) item: string,
    @Body({ schema: HandledBody }) told: z.infer<typeof HandledBody>,
    @Asker() asker: Principal,
  ): Promise<WatchItem> {
    return this.watch.handle(item, { ...told, by: ownerOf(asker, told.by) }, asker.scope);
  }

  @Needs('steer')
  @Delete(':item/handled')
  undo(@Param('item', ParseUUIDPipe) item: string, @Asker() asker: Principal): Promise<WatchItem> {
    return this.watch.undo(item, asker.scope);
  }
}
