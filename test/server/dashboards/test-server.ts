import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module, StandardSchemaValidationPipe, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type pg from 'pg';
import { afterAll } from 'vitest';
import { AccessModule } from '#server/access/access.module.js';
import { AlertsModule } from '#server/alerts/alerts.module.js';
import { AuditModule } from '#server/audit/audit.module.js';
import { BeliefsModule } from '#server/beliefs/beliefs.module.js';
import { ChartFilesModule } from '#server/chart-files/chart-files.module.js';
import { readConfig } from '#server/config.js';
import { ConnectionsModule, SchedulingModule } from '#server/connections/connections.module.js';
import { DashboardsModule } from '#server/dashboards/dashboards.module.js';
import { DatabaseModule } from '#server/database/database.module.js';
import { ExportSchedulesModule } from '#server/export-schedules/export-schedules.module.js';
import { FactsModule } from '#server/facts/facts.module.js';
import { ExportsModule } from '#server/workbench/exports.module.js';
import { HealthModule } from '#server/health/health.module.js';
import { ErrorFilter } from '#server/http/error.filter.js';
import type { MetricEngine } from '#server/metrics/engine.js';
import { openMetricEngine } from '#server/metrics/open-engine.js';
import { MetricsModule } from '#server/metrics/metrics.module.js';
import { MailModule } from '#server/mail/mail.module.js';
import { NotesModule } from '#server/notes/notes.module.js';
import { PersonalBoardsModule } from '#server/personal-boards/personal-boards.module.js';
import { PrivacyModule } from '#server/privacy/privacy.module.js';
import { QualityModule } from '#server/quality/quality.module.js';
import { ReportsModule } from '#server/reports/reports.module.js';
import { RestatementsModule } from '#server/restatements/restatements.module.js';
import { SchedulesModule } from '#server/schedules/schedules.module.js';
import { SearchModule } from '#server/search/search.module.js';
import { TargetsModule } from '#server/targets/targets.module.js';
import { TelemetryModule } from '#server/telemetry/telemetry.module.js';
import { TodayModule } from '#server/today/today.module.js';
import { ViewsModule } from '#server/views/views.module.js';
import { WatchModule } from '#server/watch/watch.module.js';
import { WorkbenchModule } from '#server/workbench/workbench.module.js';
import type { TestDatabase } from '../../support/database.js';
import { openedDatabase } from '../../support/opened-database.js';

@Module({})
class ApiOnly {
  static with(pool: pg.Pool, url: string, engine: MetricEngine, environment: Record<string, string>): DynamicModule {
    const database = openedDatabase({ url, pool });
    return {
      module: ApiOnly,
      imports: [
        DatabaseModule.with(readConfig(environment), database),
        AccessModule,
        MetricsModule.with(engine),
        DashboardsModule,
        ChartFilesModule,
        ExportsModule,
        ExportSchedulesModule,
        ReportsModule,
        MailModule,
        SchedulesModule,
        RestatementsModule,
        QualityModule,
        FactsModule,
        SchedulingModule,
        ConnectionsModule,
        BeliefsModule,
        NotesModule,
        WatchModule,
        ViewsModule,
        PersonalBoardsModule,
        SearchModule,
        TargetsModule,
        TodayModule,
        AlertsModule,
        AuditModule,
        HealthModule,
        TelemetryModule,
        PrivacyModule,
        WorkbenchModule,
      ],
    };
  }
}

export interface TestServer {
  engine: MetricEngine;
  get(path: string): Promise<{ status: number; headers: Record<string, unknown>; text: string; bytes: Buffer }>;
  /** The body of an answer that must be 200. The caller says its shape. */
  json<Body>(path: string): Promise<Body>;
  /** Sends a body, or an empty one. */
  send(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<{ status: number; text: string }>;
  delete(path: string): Promise<number>;
  post<Body>(path: string, body: unknown): Promise<{ status: number; body: Body }>;
  /** Begins to listen on a free port of the loopback address. */
  listen(): Promise<string>;
}

/** The API over a test database, asked without a socket. */
export async function testServer({ pool, url }: TestDatabase, environment: Record<string, string> = {}): Promise<TestServer> {
  const directory = await mkdtemp(join(tmpdir(), 'throughline-api-'));
  const engine = await openMetricEngine({ pool, directory, engine: 'duckdb' });
  const app = await NestFactory.create<NestFastifyApplication>(
    ApiOnly.with(pool, url, engine, { DATA_DIR: directory, THROUGHLINE_SIGN_IN: 'off', ...environment }),
    new FastifyAdapter(),
    {
      logger: ['error'],
    },
  );
  app.useGlobalPipes(new StandardSchemaValidationPipe());
  app.useGlobalFilters(new ErrorFilter((line) => process.stderr.write(`${line}\n`)));
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  afterAll(async () => {
    await app.close();
    await engine.close();
    await rm(directory, { recursive: true, force: true });
  });
  async function get(path: string) {
    const answer = await app.inject({ method: 'GET', url: path });
    return { status: answer.statusCode, headers: answer.headers, text: answer.body, bytes: answer.rawPayload };
  }
  async function send(method: 'POST' | 'PATCH' | 'DELETE', path: string, body: unknown = {}) {
    const answer = await app.inject({ method, url: path, headers: { 'content-type': 'application/json' }, payload: JSON.stringify(body) });
    return { status: answer.statusCode, text: answer.body };
  }
  return {
    engine,
    get,
    async json<Body>(path: string) {
      const { status, text } = await get(path);
      if (status !== 200) throw new Error(`GET ${path} answered ${status}: ${text}`);
      return JSON.parse(text) as Body;
    },
    send,
    delete: async (path) => (await send('DELETE', path)).status,
    async post<Body>(path: string, body: unknown) {
      const answer = await app.inject({
        method: 'POST',
        url: path,
        headers: { 'content-type': 'application/json' },
        payload: JSON.stringify(body),
      });
      return { status: answer.statusCode, body: JSON.parse(answer.body) as Body };
    },
    listen: async () => {
      await app.listen(0, '127.0.0.1');
      return app.getUrl();
    },
  };
}
