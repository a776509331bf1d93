import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { MetricEngine } from './engine.js';

/** Nest token of the `MetricEngine`: `@Inject(METRIC_ENGINE) private readonly engine: MetricEngine`. */
export const METRIC_ENGINE = Symbol('metric engine');

/** Gives everyone the metric engine. It is opened before Nest and closed after it. */
@Global()
@Module({})
export class MetricsModule {
  static with(engine: MetricEngine): DynamicModule {
    return {
      module: MetricsModule,
      providers: [{ provide: METRIC_ENGINE, useValue: engine }],
      exports: [METRIC_ENGINE],
    };
  }
}
