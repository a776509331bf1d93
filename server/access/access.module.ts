import { Global, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { BoardsModule } from '../dashboards/boards.module.js';
import { AccessGuard } from './access.guard.js';
import { AccountController } from './account.controller.js';
import { AskerService } from './asker.service.js';
import { OidcController } from './oidc.controller.js';
import { OidcService } from './oidc.service.js';
import { OwnerlessController } from './ownerless.controller.js';
import { RouteRights } from './route-rights.js';
import { SessionKeeper } from './session-keeper.js';
import { SignInController } from './sign-in.controller.js';
import { ShareController } from './share.controller.js';
import { UsersController } from './users.controller.js';
import { TokenController } from './token.controller.js';
import { SecondFactorService } from './totp-service.js';
import { SecondFactorController } from './totp.controller.js';

/** Who may do what. */
@Global()
@Module({
  imports: [DiscoveryModule, BoardsModule],
  controllers: [
    SignInController,
    AccountController,
    UsersController,
    OwnerlessController,
    TokenController,
    SecondFactorController,
    OidcController,
    ShareController,
  ],
  providers: [{ provide: APP_GUARD, useClass: AccessGuard }, AskerService, SessionKeeper, SecondFactorService, OidcService, RouteRights],
  exports: [AskerService, SessionKeeper, RouteRights],
})
export class AccessModule {}
