import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type pg from 'pg';
import { reasonOf } from '#etl/error-code.js';
import { NotDue } from '#etl/sync-health.js';
import { AlreadySyncing } from '#etl/sync-lock.js';
import { syncConnection, type SyncProgress } from '#etl/sync.js';
import { log } from '../console.js';
import { ETL_POOL } from '../database/database.module.js';
import { gate } from '../metrics/gate.js';
import { traced } from '../telemetry/trace.js';
import { dueConnections, takeUpNotice } from './schedule.js';
import { SourceAccess } from './source-access.js';

const lookEveryMs = 5_000;
/** Reading waits for the tools most of the time; more at once would keep the machine from answering. */
const mostAtOnce = 2;
/** With those begun by hand: each keeps a connection of the pool while it waits for its tool, and the page needs some too. */
const mostInAll = 5;

/** A sync that runs in this process. */
export interface RunningSync {
  startedAt: Date;
  stream: string | null;
  records: number;
  progress: SyncProgress['progress'] | null;
  /** A limit of the tool is waited for until then. */
  waitingUntil: Date | null;
}

/** Reads each connection when its time has come. Any number of servers may do this: the lease of a connection lets one at it. */
@Injectable()
export class SyncKeeper implements OnApplicationShutdown {
  private readonly stopped = new AbortController();
  private readonly running = new Map<string, RunningSync & { ended: Promise<void> }>();
  private readonly pass = gate(mostInAll);

  constructor(
    @Inject(ETL_POOL) private readonly pool: pg.Pool,
    private readonly access: SourceAccess,
  ) {}

  @Interval('syncs', lookEveryMs)
  async look(): Promise<void> {
    if (this.stopped.signal.aborted || this.running.size >= mostAtOnce) return;
    const due = await dueConnections(this.pool, new Date(), [...this.running.keys()]).catch((error: unknown) => {
      log(`the schedule of the connections could not be read: ${reasonOf(error)}`);
      return [];
    });
    for (const name of due.slice(0, mostAtOnce - this.running.size)) this.begin(name, true);
  }

  /** Begins as soon as there is room, whatever the schedule says; joins the sync that runs here already. */
  begin(name: string, isScheduled = false): void {
    if (this.running.has(name) || this.stopped.signal.aborted) return;
    const running = { startedAt: new Date(), stream: null, records: 0, progress: null, waitingUntil: null, ended: Promise.resolve() };
    this.running.set(name, running);
    running.ended = this.pass(() => this.sync(name, running, isScheduled)).finally(() => this.running.delete(name));
  }

  of(name: string): RunningSync | null {
    return this.running.get(name) ?? null;
  }

  /** Resolves once no sync of the connection runs here. */
  async ended(name: string): Promise<void> {
    await this.running.get(name)?.ended;
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    await Promise.all([...this.running.values()].map(({ ended }) => ended));
  }

  private async sync(name: string, running: RunningSync, isScheduled: boolean): Promise<void> {
    const { network, vault } = this.access;
    const waiting = {
      ...network,
      sleep: async (ms: number, signal: AbortSignal) => {
        running.waitingUntil = new Date(Date.now() + ms);
        await network.sleep(ms, signal).finally(() => (running.waitingUntil = null));
      },
    };
    try {
      await takeUpNotice(this.pool, name, running.startedAt);
      await traced('sync run', { 'throughline.connection': name }, () =>
        syncConnection(this.pool, name, {
          signal: this.stopped.signal,
          vault,
          network: waiting,
          isScheduled,
          onProgress: ({ stream, records, progress }) => Object.assign(running, { stream, records, progress: progress ?? null }),
        }),
      );
    } catch (error) {
      // Stored with the connection, and shown there; the log is for whoever looks no further.
      if (!(error instanceof AlreadySyncing || error instanceof NotDue)) log(`sync failed: ${reasonOf(error)}`);
    }
  }
}
