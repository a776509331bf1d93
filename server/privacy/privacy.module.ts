import { Module } from '@nestjs/common';
import { ErasureDesk } from './erasure-desk.js';
import { PrivacyController } from './privacy.controller.js';
import { RetentionController } from './retention.controller.js';
import { RetentionKeeper } from './retention-keeper.js';

/** What is taken away: people who ask for it, and what is older than it may be kept. */
@Module({ controllers: [PrivacyController, RetentionController], providers: [RetentionKeeper, ErasureDesk] })
export class PrivacyModule {}
