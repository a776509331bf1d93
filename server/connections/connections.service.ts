import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import type { Locale } from '#dashboards/i18n/messages.js';
import { addConnection, detachConnection, removeConnection } from '#etl/connections.js';
import { secretsFor } from '#etl/connections/credentials.js';
import { connectorOf } from '#etl/connections/read.js';
import { SourceError, type Connector, type Context, type Json } from '#etl/connector.js';
import { builtInConnectors } from '#etl/connectors/index.js';
import { reasonOf } from '#etl/error-code.js';
import { confirmCensus } from '#etl/held-census.js';
import { dismissQuarantine, retryQuarantine, type Dismissed, type RetryOutcome } from '#etl/quarantine.js';
import { AlreadySyncing } from '#etl/sync-lock.js';
import type {
  ConnectionDetail,
  ConnectionRequest,
  ConnectionTest,
  ConnectorForm,
  MeaningPreview,
  ProgressResponse,
  QuarantineResponse,
  StatusMeaning,
} from '../api.js';
import { ETL_POOL } from '../database/database.module.js';
import { FactsKeeper } from '../facts/facts-keeper.js';
import { capabilityRows } from '../quality/capability-rows.js';
import { Refusal } from '../refusal.js';
import { ConnectionCounter } from './connection-counts.js';
import { progressOf, readDetail, requireConnection } from './connection-detail.js';
import { connectorForms, isLive } from './connector-forms.js';
import { previewMeanings } from './meaning-preview.js';
import { defaultEverySeconds, setPaused, setSchedule } from './schedule.js';
import { readQuarantine, type QuarantineQuery } from './quarantine-page.js';
import { SourceAccess } from './source-access.js';
import { SyncKeeper } from './sync-keeper.js';

const testMs = 60_000;

/** What a person does with connections. Refusals say what to do; what the tool said is handed on in its words, without secrets. */
@Injectable()
export class ConnectionsService {
  constructor(
    @Inject(ETL_POOL) private readonly pool: pg.Pool,
    private readonly access: SourceAccess,
    private readonly syncs: SyncKeeper,
    private readonly facts: FactsKeeper,
    private readonly counter: ConnectionCounter,
  ) {}

  forms(): ConnectorForm[] {
    return connectorForms();
  }

  /** Asks the tool with what was entered; nothing is stored. */
  async test(request: ConnectionRequest, locale: Locale = 'en'): Promise<ConnectionTest> {
    const { connector, config, secrets } = readRequest(request);
    const context: Context = {
      signal: AbortSignal.timeout(testMs),
      now: () => new Date(),
      secret: (name) => {
        const value = secrets[name];
        return value === undefined ? Promise.reject(new SourceError(`The secret "${name}" is missing; enter it.`)) : Promise.resolve(value);
      },
      network: this.access.network,
    };
    const found = await connector.check(config, context).catch(failed);
    if (!found.ok) return { isOk: false, findings: found.findings, statuses: [], capabilities: [] };
    const discovery = await connector.discover(config, context).catch(failed);
    if ('ok' in discovery) return { isOk: false, findings: [...found.findings, ...discovery.findings], statuses: [], capabilities: [] };
    const { capabilities, settings } = discovery;
    return {
      isOk: true,
      findings: found.findings,
      statuses: Object.entries(settings.statuses ?? {}).map(([name, meaning]) => ({ name, meaning })),
      capabilities: capabilityRows(capabilities, locale),
    };
  }

  /** Stores the connection, or brings one of the same name up to date, and begins to read it. */
  async save(request: ConnectionRequest): Promise<ConnectionDetail> {
    const { connector, secrets } = readRequest(request);
    await this.add(request.name, connector.id, request.config, secrets);
    if (isLive(connector)) await setSchedule(this.pool, request.name, defaultEverySeconds);
    this.syncs.begin(request.name);
    return this.detail(request.name);
  }

  detail(name: string): Promise<ConnectionDetail> {
    return readDetail(this.pool, name, this.syncs.of(name), this.counter);
  }

  async progress(name: string): Promise<ProgressResponse> {
    const running = this.syncs.of(name);
    if (!running) await requireConnection(this.pool, name);
    return { running: running && progressOf(running, new Date()) };
  }

  async quarantine(name: string, query: QuarantineQuery): Promise<QuarantineResponse> {
    await requireConnection(this.pool, name);
    return readQuarantine(this.pool, name, query);
  }

  async dismiss(name: string, which: Dismissed): Promise<{ dismissed: number }> {
    await requireConnection(this.pool, name);
    return { dismissed: await dismissQuarantine(this.pool, name, which, new Date()) };
  }

  /** What a held census did not list is gone. */
  async confirmCensus(name: string, missing: number): Promise<ConnectionDetail> {
    await requireConnection(this.pool, name);
    await confirmCensus(this.pool, name, missing).catch((error: unknown) => {
      if (error instanceof SourceError) throw new Refusal(error.message);
      return busy(error);
    });
    await this.facts.bringUpToDate();
    return this.detail(name);
  }

  /** What the statuses mean; the numbers follow. */
  async mean(name: string, statuses: Record<string, string>): Promise<ConnectionDetail> {
    const { config, connector } = await this.detail(name);
    await this.add(name, connector, withStatuses(config, statuses), {});
    await this.facts.bringUpToDate();
    return this.detail(name);
  }

  /** What `mean` would change, on the latest items concerned. */
  async preview(name: string, statuses: Record<string, StatusMeaning>): Promise<MeaningPreview> {
    await requireConnection(this.pool, name);
    return previewMeanings(this.pool, name, statuses);
  }

  async schedule(name: string, everySeconds: number | null): Promise<ConnectionDetail> {
    await requireConnection(this.pool, name);
    await setSchedule(this.pool, name, everySeconds);
    return this.detail(name);
  }

  async pause(name: string, isPaused: boolean): Promise<ConnectionDetail> {
    await requireConnection(this.pool, name);
    await setPaused(this.pool, name, isPaused);
    return this.detail(name);
  }

  async syncNow(name: string): Promise<ConnectionDetail> {
    await requireConnection(this.pool, name);
    this.syncs.begin(name);
    return this.detail(name);
  }

  async retry(name: string): Promise<RetryOutcome> {
    await requireConnection(this.pool, name);
    const outcome = await retryQuarantine(this.pool, name).catch(busy);
    await this.facts.bringUpToDate();
    return outcome;
  }

  /** With all it brought, or only so that it is read no more. */
  async remove(name: string, keepsData: boolean): Promise<void> {
    await requireConnection(this.pool, name);
    if (keepsData) return detachConnection(this.pool, name).catch(busy);
    await removeConnection(this.pool, name).catch(busy);
    await this.facts.bringUpToDate();
  }

  private async add(name: string, connector: string, config: Record<string, unknown>, secrets: Record<string, string>): Promise<void> {
    const { network, vault } = this.access;
    try {
      await addConnection(this.pool, { name, connector, config: config as Json, secrets }, { network, vault });
    } catch (error) {
      if (error instanceof AlreadySyncing || error instanceof SourceError) throw new Refusal(error.message);
      throw error;
    }
  }
}

function readRequest(request: ConnectionRequest): { connector: Connector; config: unknown; secrets: Readonly<Record<string, string>> } {
  try {
    const connector = connectorOf(request.connector, builtInConnectors);
    if (!isLive(connector)) throw new Error(`"${connector.id}" has no address to ask; it is set up on the server's own command line.`);
    return { connector, config: connector.configSchema.parse(request.config), secrets: secretsFor(connector, request.secrets) };
  } catch (error) {
    if (error instanceof z.ZodError) throw new Refusal(error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
    throw new Refusal(reasonOf(error));
  }
}

/** A table keeps its statuses with its mapping, a tool with its config. */
function withStatuses(config: Record<string, unknown>, statuses: Record<string, string>): Record<string, unknown> {
  const holder = (config['mapping'] ?? config) as Record<string, unknown>;
  const known = (holder['statuses'] ?? {}) as Record<string, unknown>;
  const changed = { ...holder, statuses: { ...known, ...statuses } };
  return 'mapping' in config ? { ...config, mapping: changed } : changed;
}

function failed(error: unknown): { ok: false; findings: string[] } {
  return { ok: false, findings: [reasonOf(error)] };
}

function busy(error: unknown): never {
  if (error instanceof AlreadySyncing) throw new Refusal(error.message);
  throw error;
}
