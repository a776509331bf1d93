import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { Board } from '#dashboards/dashboard.js';
import { reasonOf } from '#etl/error-code.js';
import { log } from '../console.js';
import { ownerOfTheMachine } from '../access/principal.js';
import type { MetricEngine } from '../metrics/engine.js';
import { prepareAll } from '../metrics/prepare-all.js';
import { METRIC_ENGINE } from '../metrics/metrics.module.js';
import { DashboardsService } from './dashboards.service.js';
import { BOARDS } from './known-boards.js';
import type { Question } from './question.js';

/** What the page asks when nobody has chosen anything. */
const opening: Question = {
  from: null,
  to: null,
  grain: null,
  by: null,
  filters: {},
  locale: 'en',
  theme: 'light',
  unknownParameters: [],
};

const lookEveryMs = 2_000;

/**
 * A version that stays for so many looks is answered. After one look it may be that of a sync that goes on, whose next numbers would wait.
 */
const settledLooks = 2;

/** After so many looks at the same version what takes seconds is prepared too: a sync that goes on would be slowed by it. */
const quietLooks = 6;

/**
 * Answers the opening of every board for a version of the facts before the first reader asks. Versions that follow each other faster
 * than it looks are left out: answering them would only delay the next.
 */
@Injectable()
export class AnswerWarmer implements OnApplicationShutdown {
  private seen: number | null = null;
  private warmed: number | null = null;
  private looksAtSeen = 0;
  private current: Promise<void> | null = null;
  private isStopped = false;
  private readonly others: ((opening: Question) => Promise<unknown>)[] = [];

  constructor(
    private readonly dashboards: DashboardsService,
    @Inject(METRIC_ENGINE) private readonly engine: MetricEngine,
    @Inject(BOARDS) private readonly boards: readonly Board[],
  ) {}

  /** What else is asked when nobody has chosen anything. */
  alsoPrepare(answer: (opening: Question) => Promise<unknown>): void {
    this.others.push(answer);
  }

  @Interval('answers', lookEveryMs)
  async look(): Promise<void> {
    if (this.isStopped) return;
    this.current ??= this.warm().finally(() => (this.current = null));
    await this.current;
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    await this.current;
  }

  private async warm(): Promise<void> {
    const version = await this.engine.version();
    this.looksAtSeen = version === this.seen ? this.looksAtSeen + 1 : 0;
    const isSettled = this.seen === null || this.looksAtSeen >= settledLooks;
    this.seen = version;
    if (this.looksAtSeen === quietLooks) await this.prepareAll(version);
    if (version === this.warmed || !isSettled) return;
    // Also where it fails: the reader who asks will hear why, and one line tells the rest.
    this.warmed = version;
    try {
      await this.dashboards.state(ownerOfTheMachine);
      for (const board of this.boards) {
        if (this.isStopped || (await this.engine.version()) !== version) return;
        await this.dashboards.board(board.id, opening);
      }
      await this.dashboards.headlines(opening);
      for (const answer of this.others) await answer(opening);
    } catch (error) {
      log(`the opening of the boards could not be prepared: ${reasonOf(error)}`);
    }
  }

  private async prepareAll(version: number): Promise<void> {
    try {
      const { zone } = await this.dashboards.state(ownerOfTheMachine);
      const isWanted = async () => !this.isStopped && (await this.engine.version()) === version;
      await this.dashboards.prepareFilters(opening, 'rows', isWanted);
      await prepareAll(this.engine, zone, isWanted);
      if (await isWanted()) await this.dashboards.prepareFilters(opening, 'others', isWanted);
    } catch (error) {
      log(`what metrics need could not be prepared: ${reasonOf(error)}`);
    }
  }
}
