import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type pg from 'pg';
import type { Locale } from '#dashboards/i18n/messages.js';
import type { HealthResponse } from '../api.js';
import { CONFIG, type Config } from '../config.js';
import { DATABASE } from '../database/database-keeper.js';
import { POOL } from '../database/database.module.js';
import type { Database } from '../database/open.js';
import type { MetricEngine } from '../metrics/engine.js';
import { METRIC_ENGINE } from '../metrics/metrics.module.js';
import { Workbench } from '../workbench/workbench.js';
import type { Check } from './check.js';
import { readFacts, type FactsSeen } from './checks/facts.js';
import { examine, examineReadiness } from './examine.js';
import { sayHealth, type HealthReader, type Phrase } from './texts/index.js';

const lookEveryMs = 30_000;

/** Looks at the program's own health, and remembers since when facts wait: a row of the database does not tell that. */
@Injectable()
export class HealthService {
  private last: FactsSeen | null = null;
  private looking: Promise<Check[]> | null = null;

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(METRIC_ENGINE) private readonly engine: MetricEngine,
    private readonly workbench: Workbench,
    @Inject(DATABASE) private readonly database: Database,
  ) {}

  /** A database that does not answer is told by whoever asks for it. */
  @Interval('health', lookEveryMs)
  async look(): Promise<void> {
    await this.facts().catch(() => undefined);
  }

  /** Everybody may ask, without end: one look at a time serves all who ask meanwhile. */
  async readiness(): Promise<{ factsVersion: number | null; checks: Check[] }> {
    this.looking ??= examineReadiness(this.examined()).finally(() => (this.looking = null));
    const checks = await this.looking;
    return { factsVersion: checks.some(({ id }) => id === 'facts') ? (this.last?.version ?? null) : null, checks };
  }

  async health(locale: Locale, reader: HealthReader): Promise<HealthResponse> {
    const say = sayHealth(locale, reader);
    const checks = await examine(this.examined());
    return { at: new Date().toISOString(), checks: checks.map((check) => said(check, say)) };
  }

  private examined() {
    return {
      pool: this.pool,
      config: this.config,
      rights: this.database.rights,
      facts: this.facts,
      workbench: this.workbench.workbenchHealth(),
    };
  }

  readonly facts = async (): Promise<FactsSeen> => {
    const seen = await readFacts(this.pool, this.engine);
    const before = this.last;
    const now = new Date();
    // A new version is progress, though more came in meanwhile.
    const waitingSince = seen.dirty === 0 ? null : before?.version === seen.version ? (before.waitingSince ?? now) : now;
    const isBehind = seen.engine !== null && seen.engine.version !== seen.version;
    const engine = seen.engine && { ...seen.engine, behindSince: isBehind ? (before?.engine?.behindSince ?? now) : null };
    this.last = { ...seen, waitingSince, engine };
    return this.last;
  };
}

export function said({ id, subject, state, found, remedies }: Check, say: (phrase: Phrase) => string): HealthResponse['checks'][number] {
  const instant = Object.values(found.values ?? {}).find((value) => value instanceof Date);
  return { id, subject: say(subject), state, found: say(found), instant: instant?.toISOString() ?? null, remedies: remedies.map(say) };
}
