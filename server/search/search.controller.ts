import { Controller, Get, Inject, Query } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import type { Board } from '#dashboards/dashboard.js';
import { locales } from '#dashboards/i18n/messages.js';
import { dimensions } from '#dashboards/metric-result.js';
import { Asker } from '../access/asker.js';
import { Needs } from '../access/needs.js';
import type { Principal } from '../access/principal.js';
import type { SearchResponse } from '../api.js';
import { DashboardsService } from '../dashboards/dashboards.service.js';
import { BOARDS } from '../dashboards/known-boards.js';
import { POOL } from '../database/database.module.js';
import { findCharts, findItems } from './search.js';

const SearchQuery = z.strictObject({
  text: z.string().trim().min(1, 'is empty; say what to look for.').max(200, 'is longer than 200 characters.'),
  lang: z.enum(locales).default('en'),
});

/** Names of one dimension that a reader sees at once; typing on brings others. */
const mostNames = 4;

@Controller('api/search')
export class SearchController {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(BOARDS) private readonly boards: readonly Board[],
    private readonly dashboards: DashboardsService,
  ) {}

  @Needs('read')
  @Get()
  async search(
    @Query({ schema: SearchQuery }) { text, lang }: z.infer<typeof SearchQuery>,
    @Asker() asker: Principal,
  ): Promise<SearchResponse> {
    const [items, names] = await Promise.all([findItems(this.pool, text, asker.scope), this.namesLike(text, asker)]);
    return { charts: findCharts(this.boards, text, lang), names, items };
  }

  private async namesLike(text: string, asker: Principal): Promise<SearchResponse['names']> {
    const found = await Promise.all(
      dimensions.map(async (dimension) => {
        const { names } = await this.dashboards.names(dimension, text, asker);
        return names.slice(0, mostNames).map((name) => ({ dimension, name }));
      }),
    );
    return found.flat();
  }
}
