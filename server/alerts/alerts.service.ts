import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type pg from 'pg';
import { reasonOf } from '#etl/error-code.js';
import type { Principal } from '../access/principal.js';
import { ownerAfter } from '../access/hand-over.js';
import type { AlertHistoryResponse, AlertPreview, AlertResponse, AlertTest, OwnerShown, OwnerTold, WatchableNumber } from '../api.js';
import { ChannelsService } from '../channels/channels.service.js';
import { CONFIG, type Config } from '../config.js';
import { log } from '../console.js';
import { POOL } from '../database/database.module.js';
import type { MetricEngine } from '../metrics/engine.js';
import { METRIC_ENGINE } from '../metrics/metrics.module.js';
import { Refusal } from '../refusal.js';
import { readTargets } from '../targets/targets.js';
import { WatchService } from '../watch/watch.service.js';
import {
  addAlert,
  addRemark,
  changeAlert,
  findAlert,
  missingAlert,
  muteAlert,
  readAlerts,
  removeAlert,
  unmuteAlert,
  type AlertContent,
  type AlertRow,
} from './alerts.js';
import { isAlertSeen, keptRule } from './alert-scope.js';
import { readHistory } from './history.js';
import { judgeDue, tellDue } from './judge.js';
import type { AlertContext } from './alert-context.js';
import { presented, type PageReader } from './present.js';
import { previewAlert } from './preview.js';
import { checkRule } from './rule.js';
import { testAlert } from './test-alert.js';
import { watchableNumbers } from './watchable-numbers.js';

const lookEveryMs = 5_000;
/** While a sync goes on there is a new version of the facts at every look; alerts then wait so long. */
const longestWaitMs = 60_000;

type Limited = Pick<Principal, 'scope'>;

/** Alerts, and the look at them. */
@Injectable()
export class AlertsService implements OnApplicationShutdown {
  private readonly context: AlertContext;
  private current: Promise<void> | null = null;
  private lastFailure = '';
  private seenVersion: number | null = null;
  private judgedAt = 0;
  private isStopped = false;

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(METRIC_ENGINE) engine: MetricEngine,
    @Inject(CONFIG) config: Config,
    watch: WatchService,
    private readonly channels: ChannelsService,
  ) {
    this.context = { pool, engine, watch, publicUrl: config.publicUrl };
  }

  async list(reader: PageReader, asker: Limited): Promise<AlertResponse[]> {
    const targets = await readTargets(this.pool);
    const alerts = (await readAlerts(this.pool, new Date())).filter(({ rule }) => isAlertSeen(rule, targets, asker));
    return alerts.map((alert) => presented(alert, reader, targets));
  }

  numbers({ locale }: PageReader): WatchableNumber[] {
    return watchableNumbers(locale);
  }

  /** Judged before it is shown, so that its maker sees at once how it stands. */
  async add(content: Omit<AlertContent, keyof OwnerShown> & OwnerTold, reader: PageReader, asker: Principal): Promise<AlertResponse> {
    checkRule(content.rule);
    const owned = await ownerAfter(this.pool, asker, content);
    const id = await addAlert(this.pool, { ...content, ...owned, rule: await keptRule(this.pool, content.rule, asker) });
    await this.lookAnew();
    return this.one(id, reader);
  }

  async change(
    id: string,
    { owner, ownerId, ...change }: Omit<Parameters<typeof changeAlert>[2], keyof OwnerShown> & OwnerTold,
    reader: PageReader,
    asker: Principal,
  ): Promise<AlertResponse> {
    const before = await this.seen(id, asker);
    if (change.rule) checkRule(change.rule);
    const owned = await ownerAfter(this.pool, asker, { owner, ownerId }, { owner: before.owner, ownerId: before.ownerId });
    const rule = change.rule && { rule: await keptRule(this.pool, change.rule, asker) };
    await changeAlert(this.pool, id, { ...change, ...owned, ...rule });
    await this.lookAnew();
    return this.one(id, reader);
  }

  async remove(id: string, asker: Limited): Promise<void> {
    await this.seen(id, asker);
    await removeAlert(this.pool, id);
  }

  async mute(id: string, mute: { by: string; why: string; until: string }, reader: PageReader, asker: Limited): Promise<AlertResponse> {
    await this.seen(id, asker);
    const now = new Date();
    const until = new Date(mute.until);
    if (until <= now) throw new Refusal(`${mute.until} has passed already; give a later moment.`);
    await muteAlert(this.pool, id, { ...mute, until }, now);
    return this.one(id, reader);
  }

  async unmute(id: string, by: string, reader: PageReader, asker: Limited): Promise<AlertResponse> {
    await this.seen(id, asker);
    await unmuteAlert(this.pool, id, by, new Date());
    await this.lookAnew();
    return this.one(id, reader);
  }

  async remark(id: string, remark: { by: string; text: string }, reader: PageReader, asker: Limited): Promise<AlertHistoryResponse> {
    await this.seen(id, asker);
    await addRemark(this.pool, id, remark);
    return this.history(id, reader, asker);
  }

  async history(id: string, reader: PageReader, asker: Limited): Promise<AlertHistoryResponse> {
    await this.seen(id, asker);
    return readHistory(this.pool, id, reader, new Date());
  }

  async preview(draft: Pick<AlertContent, 'name' | 'owner' | 'rule' | 'delivery'>, asker: Limited): Promise<AlertPreview> {
    const alert = { id: 'new', ...draft, rule: await keptRule(this.pool, draft.rule, asker) };
    const { messages: _messages, ...preview } = await previewAlert(this.context, alert, new Date());
    return preview;
  }

  async test(id: string, asker: Limited): Promise<AlertTest> {
    return testAlert(this.context, this.channels.reach, await this.seen(id, asker));
  }

  /** Joins the round that runs, or makes one. */
  @Interval('alerts', lookEveryMs)
  async look(isAsked = false): Promise<void> {
    if (this.isStopped) return;
    this.current ??= this.round(isAsked).finally(() => (this.current = null));
    await this.current;
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    await this.current;
  }

  /** A round that knows of what was changed just now. */
  private async lookAnew(): Promise<void> {
    await this.current;
    await this.look(true);
  }

  private async round(isAsked: boolean): Promise<void> {
    const clock = () => new Date();
    try {
      const version = await this.context.engine.version();
      const isSettled = version === this.seenVersion;
      this.seenVersion = version;
      if (isAsked || isSettled || Date.now() - this.judgedAt >= longestWaitMs) {
        await judgeDue(this.context, clock);
        this.judgedAt = Date.now();
      }
      await tellDue(this.context, clock);
      this.lastFailure = '';
    } catch (error) {
      this.tellOnce(error);
    }
  }

  private async one(id: string, reader: PageReader): Promise<AlertResponse> {
    return presented(await findAlert(this.pool, id, new Date()), reader, await readTargets(this.pool));
  }

  /** Throws `Missing`, also for one that is about what the asker may not see. */
  private async seen(id: string, asker: Limited): Promise<AlertRow> {
    const alert = await findAlert(this.pool, id, new Date());
    if (asker.scope !== null && !isAlertSeen(alert.rule, await readTargets(this.pool), asker)) throw missingAlert(id);
    return alert;
  }

  /** The same failure at every look is one line, not a thousand. */
  private tellOnce(error: unknown): void {
    const failure = reasonOf(error);
    if (failure === this.lastFailure || this.isStopped) return;
    this.lastFailure = failure;
    log(`alerts could not be judged, trying again every ${lookEveryMs / 1_000} s: ${failure}`);
  }
}
