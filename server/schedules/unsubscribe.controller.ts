import { Controller, Get, Header, HttpCode, Inject, Param, Post } from '@nestjs/common';
import type pg from 'pg';
import { OpenToAll } from '../access/needs.js';
import { SourceAccess } from '../connections/source-access.js';
import { POOL } from '../database/database.module.js';
import { unsubscribe, readSubscription } from './unsubscribe.js';
import { unsubscribePage } from './unsubscribe-page.js';

/** Open to whoever has the link of a message, from everywhere: a mail program asks too, by one click (RFC 8058). Reading ends nothing. */
@Controller('unsubscribe')
export class UnsubscribeController {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly access: SourceAccess,
  ) {}

  @OpenToAll()
  @Get(':token')
  @Header('content-type', 'text/html; charset=utf-8')
  async ask(@Param('token') token: string): Promise<string> {
    return unsubscribePage(await readSubscription(this.pool, await this.access.vault(), token));
  }

  @OpenToAll()
  @Post(':token')
  @HttpCode(200)
  @Header('content-type', 'text/html; charset=utf-8')
  async end(@Param('token') token: string): Promise<string> {
    const subscription = await readSubscription(this.pool, await this.access.vault(), token);
    if (!subscription) return unsubscribePage(null);
    await unsubscribe(this.pool, subscription.recipientId, new Date());
    return unsubscribePage({ ...subscription, isOver: true });
  }
}
