import { Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Query, UseInterceptors } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import { Needs } from '../access/needs.js';
import type { MailboxResponse, MailLine } from '../api.js';
import { CONFIG, type Config } from '../config.js';
import { POOL } from '../database/database.module.js';
import { RefusalsInterceptor } from '../http/refusals.interceptor.js';
import { wholeNumber } from '../http/whole-number.js';
import { countMessages, mailStates, readMessages, retryMessage } from './messages.js';
import { mailFolder } from './open-delivery.js';

const MailQuery = z.strictObject({
  state: z.enum(mailStates).optional(),
  limit: wholeNumber(1, 500).default(50),
});

@Controller('api/mail')
@UseInterceptors(RefusalsInterceptor)
export class MailController {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Needs('manage')
  @Get()
  async mailbox(@Query({ schema: MailQuery }) query: z.infer<typeof MailQuery>): Promise<MailboxResponse> {
    const { smtp, from, domains } = this.config.mail;
    return {
      server: smtp ? `${smtp.host}:${smtp.port}` : null,
      folder: smtp ? null : mailFolder(this.config),
      from: from.address,
      domains,
      counts: await countMessages(this.pool),
      messages: await readMessages(this.pool, query),
    };
  }

  @Needs('manage')
  @Post(':id/retry')
  @HttpCode(200)
  retry(@Param('id', ParseUUIDPipe) id: string): Promise<MailLine> {
    return retryMessage(this.pool, id, new Date());
  }
}
