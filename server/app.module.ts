import { type DynamicModule, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { AccessModule } from './access/access.module.js';
import { AlertsModule } from './alerts/alerts.module.js';
import { AuditModule } from './audit/audit.module.js';
import { BeliefsModule } from './beliefs/beliefs.module.js';
import { ChartFilesModule } from './chart-files/chart-files.module.js';
import { ChannelsModule } from './channels/channels.module.js';
import type { Config } from './config.js';
import { ConnectionsModule, SchedulingModule } from './connections/connections.module.js';
import { DashboardsModule } from './dashboards/dashboards.module.js';
import { DatabaseModule } from './database/database.module.js';
import type { Database } from './database/open.js';
import { ExportSchedulesModule } from './export-schedules/export-schedules.module.js';
import { FactsModule } from './facts/facts.module.js';
import { HealthModule } from './health/health.module.js';
import { IngestModule } from './ingest/ingest.module.js';
import { MailModule, SendingModule } from './mail/mail.module.js';
import type { MetricEngine } from './metrics/engine.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { MetricWeeksModule } from './metric-weeks/metric-weeks.module.js';
import { NotesModule } from './notes/notes.module.js';
import { OpenApiModule } from './openapi/openapi.module.js';
import { PageModule } from './page/page.module.js';
import type { PageFiles } from './page/page-files.js';
import { PersonalBoardsModule } from './personal-boards/personal-boards.module.js';
import { PrivacyModule } from './privacy/privacy.module.js';
import { QualityModule } from './quality/quality.module.js';
import { ReportsModule } from './reports/reports.module.js';
import { RestatementsModule } from './restatements/restatements.module.js';
import { SchedulesModule } from './schedules/schedules.module.js';
import { SearchModule } from './search/search.module.js';
import { TargetsModule } from './targets/targets.module.js';
import { TelemetryModule } from './telemetry/telemetry.module.js';
import { TodayModule } from './today/today.module.js';
import { ViewsModule } from './views/views.module.js';
import { WatchModule } from './watch/watch.module.js';
import { ExportsModule } from './workbench/exports.module.js';
import { WorkbenchKeepingModule, WorkbenchModule } from './workbench/workbench.module.js';

/** Everything that has routes of the API, and what works behind them. */
export const features = [
  AccessModule,
  FactsModule,
  SchedulingModule,
  ConnectionsModule,
  IngestModule,
  HealthModule,
  AuditModule,
  TelemetryModule,
  PrivacyModule,
  DashboardsModule,
  ChartFilesModule,
  ExportsModule,
  ExportSchedulesModule,
  MetricWeeksModule,
  ReportsModule,
  SendingModule,
  MailModule,
  SchedulesModule,
  RestatementsModule,
  QualityModule,
  BeliefsModule,
  WatchModule,
  ViewsModule,
  PersonalBoardsModule,
  SearchModule,
  TargetsModule,
  TodayModule,
  NotesModule,
  ChannelsModule,
  AlertsModule,
  WorkbenchModule,
] as const;

/** What is opened before Nest and closed after it. */
export interface Opened {
  config: Config;
  database: Database;
  engine: MetricEngine;
}

/** The server: its features, and what they share. */
@Module({})
export class AppModule {
  static with({ config, database, engine }: Opened, page: PageFiles): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ScheduleModule.forRoot(),
        DatabaseModule.with(config, database),
        MetricsModule.with(engine),
        ...features,
        WorkbenchKeepingModule,
        OpenApiModule.with(features),
        PageModule.with(page),
      ],
    };
  }

  /** The same without a page: keeps facts up to date beside servers that answer. */
  static asWorker({ config, database, engine }: Opened): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ScheduleModule.forRoot(),
        DatabaseModule.with(config, database),
        MetricsModule.with(engine),
        FactsModule,
        SchedulingModule,
        SendingModule,
      ],
    };
  }
}
