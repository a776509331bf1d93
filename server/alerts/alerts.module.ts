import { Module } from '@nestjs/common';
import { ChannelsModule } from '../channels/channels.module.js';
import { WatchModule } from '../watch/watch.module.js';
import { AlertsController } from './alerts.controller.js';
import { AlertsService } from './alerts.service.js';

@Module({ imports: [ChannelsModule, WatchModule], controllers: [AlertsController], providers: [AlertsService] })
export class AlertsModule {}
