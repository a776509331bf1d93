import { Module } from '@nestjs/common';
import { MetricWeeksKeeper } from './metric-weeks-keeper.js';

/** What metrics say of each week, for analysts. */
@Module({ providers: [MetricWeeksKeeper] })
export class MetricWeeksModule {}
