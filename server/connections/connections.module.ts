import { Global, Module } from '@nestjs/common';
import { ConnectionCounter } from './connection-counts.js';
import { ConnectionsController } from './connections.controller.js';
import { ConnectionsService } from './connections.service.js';
import { SourceAccess } from './source-access.js';
import { SyncKeeper } from './sync-keeper.js';

/** Keeps connections read by schedule. */
@Global()
@Module({ providers: [SourceAccess, SyncKeeper], exports: [SourceAccess, SyncKeeper] })
export class SchedulingModule {}

/** What a person does with connections. */
@Module({ controllers: [ConnectionsController], providers: [ConnectionsService, ConnectionCounter] })
export class ConnectionsModule {}
