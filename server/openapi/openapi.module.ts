import { type DynamicModule, Module } from '@nestjs/common';
import { describeApi } from './describe.js';
import { OPEN_API, OpenApiController } from './openapi.controller.js';
import type { Feature } from './routes.js';

/** Serves the description of the API. */
@Module({})
export class OpenApiModule {
  static with(features: readonly Feature[]): DynamicModule {
    return {
      module: OpenApiModule,
      controllers: [OpenApiController],
      providers: [{ provide: OPEN_API, useFactory: () => describeApi(features) }],
    };
  }
}
