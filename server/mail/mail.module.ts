import { Module } from '@nestjs/common';
import { MailController } from './mail.controller.js';
import { MailKeeper } from './mail-keeper.js';

/** Sends the outbox; for servers and workers alike. */
@Module({ providers: [MailKeeper], exports: [MailKeeper] })
export class SendingModule {}

/** What a person does with messages. */
@Module({ controllers: [MailController] })
export class MailModule {}
