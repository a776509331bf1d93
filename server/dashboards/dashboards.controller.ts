import { Controller, Delete, Get, HttpCode, Inject, Param, ParseUUIDPipe, Query, StreamableFile, UseInterceptors } from '@nestjs/common';
import type { MetricInfo, MetricResult } from '#dashboards/metric-result.js';
import { Asker } from '../access/asker.js';
import { narrowed } from '../access/narrow.js';
import { Needs } from '../access/needs.js';
import type { Principal } from '../access/principal.js';
import type {
  BoardResponse,
  DriversResponse,
  HeadlinesResponse,
  ItemResponse,
  ItemsResponse,
  NamesResponse,
  SqlResponse,
  StateResponse,
  WhyResponse,
} from '../api.js';
import { CONFIG, type Config } from '../config.js';
import { contentTypes } from '../exports/formats.js';
import { jsonLines } from '../http/json-lines.js';
import { RefusalsInterceptor } from '../http/refusals.interceptor.js';
import { DashboardsService } from './dashboards.service.js';
import { DriversQuery, type DriversQuestion } from './drivers-question.js';
import { DownloadQuery, type DownloadQuestion } from './file-question.js';
import { ItemsQuery, type ItemsQuestion } from './items-question.js';
import { ChartsQuery, NamesQuery, QuestionQuery, type ChartsQuestion, type Question } from './question.js';
import { SampleService } from './sample.service.js';

@Controller('api')
@UseInterceptors(RefusalsInterceptor)
export class DashboardsController {
  constructor(
    private readonly dashboards: DashboardsService,
    private readonly sample: SampleService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Needs('read')
  @Get('state')
  state(@Asker() asker: Principal): Promise<StateResponse> {
    return this.dashboards.state(asker, this.config.hasShareLinks);
  }

  @Needs('read')
  @Get('headlines')
  headlines(@Query({ schema: QuestionQuery }) question: Question, @Asker() asker: Principal): Promise<HeadlinesResponse> {
    return this.dashboards.headlines(narrowed(question, asker));
  }

  @Needs('read')
  @Get('boards/:id')
  board(@Param('id') id: string, @Query({ schema: QuestionQuery }) question: Question, @Asker() asker: Principal): Promise<BoardResponse> {
    return this.dashboards.board(id, narrowed(question, asker));
  }

  @Needs('read')
  @Get('boards/:id/charts')
  async boardCharts(
    @Param('id') id: string,
    @Query({ schema: ChartsQuery }) { charts, ...question }: ChartsQuestion,
    @Asker() asker: Principal,
  ): Promise<StreamableFile> {
    const asked = narrowed(question, asker);
    const lines = await jsonLines((left) => this.dashboards.boardLines(id, asked, charts, left), 'GET /api/boards/:id/charts');
    return new StreamableFile(lines, { type: 'application/x-ndjson; charset=utf-8' });
  }

  @Needs('read')
  @Get('filters/:dimension')
  names(
    @Param('dimension') dimension: string,
    @Query({ schema: NamesQuery }) { search }: { search: string },
    @Asker() asker: Principal,
  ): Promise<NamesResponse> {
    return this.dashboards.names(dimension, search, asker);
  }

  @Needs('read')
  @Get('metrics')
  metrics(): MetricInfo[] {
    return this.dashboards.metrics();
  }

  @Needs('read')
  @Get('metrics/:id')
  metric(@Param('id') id: string, @Query({ schema: QuestionQuery }) question: Question, @Asker() asker: Principal): Promise<MetricResult> {
    return this.dashboards.metric(id, narrowed(question, asker));
  }

  @Needs('read')
  @Get('metrics/:id/items')
  items(
    @Param('id') id: string,
    @Query({ schema: ItemsQuery }) question: ItemsQuestion,
    @Asker() asker: Principal,
  ): Promise<ItemsResponse> {
    return this.dashboards.items(id, narrowed(question, asker));
  }

  @Needs('export')
  @Get('metrics/:id/items/download')
  async download(
    @Param('id') id: string,
    @Query({ schema: DownloadQuery }) question: DownloadQuestion,
    @Asker() asker: Principal,
  ): Promise<StreamableFile> {
    const stream = await this.dashboards.download(id, narrowed(question, asker));
    const name = `throughline-${question.bucket === 'all' ? '' : `${question.bucket}-`}items.${question.format}`;
    return new StreamableFile(stream, { type: contentTypes[question.format], disposition: `attachment; filename="${name}"` });
  }

  @Needs('read')
  @Get('metrics/:id/sql')
  sql(@Param('id') id: string, @Query({ schema: QuestionQuery }) question: Question, @Asker() asker: Principal): Promise<SqlResponse> {
    return this.dashboards.sql(id, narrowed(question, asker));
  }

  @Needs('read')
  @Get('metrics/:id/drivers')
  drivers(
    @Param('id') id: string,
    @Query({ schema: DriversQuery }) question: DriversQuestion,
    @Asker() asker: Principal,
  ): Promise<DriversResponse> {
    return this.dashboards.drivers(id, narrowed(question, asker));
  }

  @Needs('read')
  @Get('charts/:id/why')
  why(
    @Param('id') id: string,
    @Query({ schema: DriversQuery }) question: DriversQuestion,
    @Asker() asker: Principal,
  ): Promise<WhyResponse> {
    return this.dashboards.why(id, narrowed(question, asker));
  }

  @Needs('read')
  @Get('items/:id')
  item(@Param('id', ParseUUIDPipe) id: string, @Asker() asker: Principal): Promise<ItemResponse> {
    return this.dashboards.item(id, asker);
  }

  @Needs('manage')
  @Delete('sample')
  @HttpCode(204)
  removeSample(): Promise<void> {
    return this.sample.remove();
  }
}
