import { Global, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { AskerService } from './asker.service.js';
import { RouteRights } from './route-rights.js';
import { TokenController } from './token.controller.js';

/** Who may do what. */
@Global()
@Module({
  imports: [DiscoveryModule],
  controllers: [TokenController],
  providers: [{ provide: APP_GUARD, useClass: AccessGuard }, AskerService, RouteRights],
  exports: [AskerService, RouteRights],
})
export class AccessModule {}
