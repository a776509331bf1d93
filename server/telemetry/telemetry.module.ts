import { Module } from '@nestjs/common';
import { HealthModule } from '../health/health.module.js';
import { Measurements } from './measurements.js';
import { RequestWatch } from './request-watch.js';
import { TelemetryController } from './telemetry.controller.js';

/** What programs that watch over this one read: metrics, and a line of the log for each request. */
@Module({ imports: [HealthModule], controllers: [TelemetryController], providers: [Measurements, RequestWatch] })
export class TelemetryModule {}
