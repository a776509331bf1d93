import { Global, Module } from '@nestjs/common';
import { FactsKeeper } from './facts-keeper.js';

@Global()
@Module({ providers: [FactsKeeper], exports: [FactsKeeper] })
export class FactsModule {}
