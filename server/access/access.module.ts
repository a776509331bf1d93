import { Global, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { AccountController } from './account.controller.js';
import { AskerService } from './asker.service.js';
import { RouteRights } from './route-rights.js';
import { SessionKeeper } from './session-keeper.js';
import { SignInController } from './sign-in.controller.js';
import { UsersController } from './users.controller.js';
import { TokenController } from './token.controller.js';

/** Who may do what. */
@Global()
@Module({
  imports: [DiscoveryModule],
  controllers: [SignInController, AccountController, UsersController, TokenController],
  providers: [{ provide: APP_GUARD, useClass: AccessGuard }, AskerService, SessionKeeper, RouteRights],
  exports: [AskerService, SessionKeeper, RouteRights],
})
export class AccessModule {}
