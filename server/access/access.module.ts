import { Global, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { RouteRights } from './route-rights.js';

/** Who may do what. */
@Global()
@Module({ imports: [DiscoveryModule], providers: [{ provide: APP_GUARD, useClass: AccessGuard }, RouteRights], exports: [RouteRights] })
export class AccessModule {}
