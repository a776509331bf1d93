import { Module } from '@nestjs/common';
import { PrivacyController } from './privacy.controller.js';
import { RetentionKeeper } from './retention-keeper.js';

/** What is taken away: people who ask for it, and what is older than it may be kept. */
@Module({ controllers: [PrivacyController], providers: [RetentionKeeper] })
export class PrivacyModule {}
