import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { POOL } from '../database/database.module.js';
import { HealthService } from '../health/health.service.js';
import type { MetricEngine } from '../metrics/engine.js';
import { METRIC_ENGINE } from '../metrics/metrics.module.js';
import { packageVersion } from '../package-root.js';
import { readBacklog } from './backlog.js';

/** From an answer out of memory to a question over all facts. */
const secondsBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What is measured of the program itself, named as Prometheus asks: https://prometheus.io/docs/practices/naming/ */
@Injectable()
export class Measurements {
  private readonly registry = new Registry();
  /** What is asked of the database: left out where it does not answer, never zero. */
  private readonly asked = new Registry();

  readonly requests = new Histogram({
    name: 'throughline_http_request_duration_seconds',
    help: 'Time from a request to the end of its answer, by route as written in code.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: secondsBuckets,
    registers: [this.registry],
  });

  private readonly info = this.gauge('build_info', 'Always 1; labels tell the version and who answers metrics.', ['version', 'engine']);
  private readonly connections = this.gauge('database_pool_connections', 'Connections to the database, by what they do.', ['state']);
  private readonly waiting = this.gauge('database_pool_waiting_requests', 'Requests that wait for a connection to the database.');
  private readonly isUp = this.gauge('database_up', 'Whether the database answers: 1 or 0.');
  private readonly runs = this.told('sync_runs', 'Sync runs begun in the last 24 hours, by state.', ['state']);
  private readonly sourceAge = this.told('source_age_seconds', 'Time since the last complete sync, by connection.', ['connection']);
  private readonly quarantined = this.told('quarantined_records', 'Records that could not be read and wait for a decision.');
  private readonly version = this.told('facts_version', 'Version of the facts.');
  private readonly dirty = this.told('facts_dirty_items', 'Items whose facts are not derived yet.');
  private readonly lag = this.told('facts_lag_seconds', 'How long items have waited without a new version of the facts.');
  private readonly engineVersion = this.told('engine_facts_version', 'Version of the facts that metrics are answered from.');
  private readonly engineLag = this.told('engine_lag_seconds', 'How long the metric engine has been behind the facts.');
  private readonly mail = this.told('mail_messages', 'Messages of the last 30 days, by state.', ['state']);
  private readonly outbox = this.told('channel_messages', 'Messages of alerts for Slack and webhooks of the last 30 days, by state.', [
    'state',
  ]);
  private readonly overdue = this.told('schedules_overdue', 'Reports that were due more than a minute ago and have not begun.');

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(METRIC_ENGINE) private readonly engine: MetricEngine,
    private readonly health: HealthService,
  ) {
    collectDefaultMetrics({ register: this.registry });
    this.info.set({ version: packageVersion, engine: engine.name }, 1);
  }

  readonly contentType = this.registry.contentType;

  /** All of it, as Prometheus reads it. */
  async text(now = new Date()): Promise<string> {
    this.connections.set({ state: 'idle' }, this.pool.idleCount);
    this.connections.set({ state: 'active' }, this.pool.totalCount - this.pool.idleCount);
    this.waiting.set(this.pool.waitingCount);
    this.asked.resetMetrics();
    const isUp = await this.ask(now).then(
      () => true,
      () => false,
    );
    this.isUp.set(isUp ? 1 : 0);
    const own = await this.registry.metrics();
    return isUp ? `${own}${await this.asked.metrics()}` : own;
  }

  private async ask(now: Date): Promise<void> {
    const [backlog, facts] = await Promise.all([readBacklog(this.pool), this.health.facts()]);
    const secondsSince = (since: Date | null) => (since === null ? 0 : Math.max(0, (now.getTime() - since.getTime()) / 1_000));
    for (const { state, count } of backlog.runs) this.runs.set({ state }, count);
    for (const { connection, seconds } of backlog.sources) this.sourceAge.set({ connection }, seconds);
    for (const { state, count } of backlog.mail) this.mail.set({ state }, count);
    for (const { state, count } of backlog.outbox) this.outbox.set({ state }, count);
    this.quarantined.set(backlog.quarantined);
    this.overdue.set(backlog.overdue);
    this.version.set(facts.version);
    this.dirty.set(facts.dirty);
    this.lag.set(secondsSince(facts.waitingSince));
    if (facts.engine) this.engineVersion.set(facts.engine.version);
    this.engineLag.set(secondsSince(facts.engine?.behindSince ?? null));
  }

  private gauge<Label extends string = never>(name: string, help: string, labelNames: Label[] = []): Gauge<Label> {
    return new Gauge({ name: `throughline_${name}`, help, labelNames, registers: [this.registry] });
  }

  private told<Label extends string = never>(name: string, help: string, labelNames: Label[] = []): Gauge<Label> {
    return new Gauge({ name: `throughline_${name}`, help, labelNames, registers: [this.asked] });
  }
}
