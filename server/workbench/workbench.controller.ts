import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Ip,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
  StreamableFile,
  UseInterceptors,
} from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import { Asker } from '../access/asker.js';
import { Needs } from '../access/needs.js';
import type { Principal } from '../access/principal.js';
import type { ExplainResponse, KeptQuery, QueryHistory, WorkbenchSchema, WorkbenchState } from '../api.js';
import { recordAudit } from '../audit/audit.js';
import { POOL } from '../database/database.module.js';
import { exampleQueries } from '../exports/example-queries.js';
import { RefusalsInterceptor } from '../http/refusals.interceptor.js';
import { Missing } from '../refusal.js';
import { readHistory } from './history.js';
import { changeQuery, keepQuery, readQueries, readQuery, removeQuery } from './kept-queries.js';
import { KeptQueryBody, KeptQueryChange, RunBody, RunId } from './query-body.js';
import { readableViews } from './readable-views.js';
import { Runs } from './runs.js';
import { Workbench } from './workbench.js';

/** SQL of an analyst's own. */
@Controller('api/workbench')
@Needs('query')
@UseInterceptors(RefusalsInterceptor)
export class WorkbenchController {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly workbench: Workbench,
    private readonly runs: Runs,
  ) {}

  @Get('state')
  state(@Asker() asker: Principal): WorkbenchState {
    const state = this.workbench.stateFor(asker);
    // Where nothing did it at the start.
    if (state.isChecking) void this.workbench.check();
    return state;
  }

  @Get('schema')
  async schema(@Asker() asker: Principal): Promise<WorkbenchSchema> {
    return { views: await readableViews(this.pool, asker), examples: exampleQueries() };
  }

  @Post('runs')
  @HttpCode(200)
  run(@Asker() asker: Principal, @Ip() address: string, @Body({ schema: RunBody }) body: z.infer<typeof RunBody>): StreamableFile {
    return new StreamableFile(this.runs.start({ asker, address }, body), { type: 'application/x-ndjson; charset=utf-8' });
  }

  @Delete('runs/:run')
  @HttpCode(204)
  cancel(@Asker() asker: Principal, @Param('run', { schema: RunId }) run: string): void {
    if (!this.runs.cancel(asker, run)) throw new Missing(`There is no query ${run} of yours that runs; it has ended.`);
  }

  @Post('explain')
  @HttpCode(200)
  explain(
    @Asker() asker: Principal,
    @Ip() address: string,
    @Body({ schema: RunBody }) body: z.infer<typeof RunBody>,
  ): Promise<ExplainResponse> {
    return this.runs.explain({ asker, address }, body);
  }

  @Get('history')
  async history(@Asker() asker: Principal): Promise<QueryHistory> {
    return { runs: await readHistory(this.pool, asker) };
  }

  @Get('queries')
  queries(@Asker() asker: Principal): Promise<KeptQuery[]> {
    return readQueries(this.pool, asker);
  }

  @Get('queries/:id')
  query(@Asker() asker: Principal, @Param('id', ParseUUIDPipe) id: string): Promise<KeptQuery> {
    return readQuery(this.pool, asker, id);
  }

  @Post('queries')
  async keep(
    @Asker() asker: Principal,
    @Ip() address: string,
    @Body({ schema: KeptQueryBody }) body: z.infer<typeof KeptQueryBody>,
  ): Promise<KeptQuery> {
    const kept = await keepQuery(this.pool, asker, body);
    await recordAudit(this.pool, { asker, action: 'query.save', object: kept.id, detail: { isShared: kept.isShared }, address });
    return kept;
  }

  @Patch('queries/:id')
  async change(
    @Asker() asker: Principal,
    @Ip() address: string,
    @Param('id', ParseUUIDPipe) id: string,
    @Body({ schema: KeptQueryChange }) body: z.infer<typeof KeptQueryChange>,
  ): Promise<KeptQuery> {
    const kept = await changeQuery(this.pool, asker, id, body);
    await recordAudit(this.pool, { asker, action: 'query.save', object: id, detail: { isShared: kept.isShared }, address });
    return kept;
  }

  @Delete('queries/:id')
  @HttpCode(204)
  async remove(@Asker() asker: Principal, @Ip() address: string, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await removeQuery(this.pool, asker, id);
    await recordAudit(this.pool, { asker, action: 'query.remove', object: id, address });
  }
}
