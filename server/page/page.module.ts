import { type DynamicModule, Module } from '@nestjs/common';
import { PageController } from './page.controller.js';
import { PAGE_FILES, type PageFiles } from './page-files.js';

/** Serves the built page. */
@Module({})
export class PageModule {
  static with(files: PageFiles): DynamicModule {
    return { module: PageModule, controllers: [PageController], providers: [{ provide: PAGE_FILES, useValue: files }] };
  }
}
