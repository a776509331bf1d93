import { Module } from '@nestjs/common';
import { ExportsController } from './exports.controller.js';
import { QueryExports } from './query-exports.js';

@Module({ controllers: [ExportsController], providers: [QueryExports], exports: [QueryExports] })
export class ExportsModule {}
