import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type pg from 'pg';
import { reasonOf } from '#etl/error-code.js';
import { createTransport } from '#etl/http/transport.js';
import { CONFIG, type Config } from '../config.js';
import { SourceAccess } from '../connections/source-access.js';
import { log } from '../console.js';
import { POOL } from '../database/database.module.js';
import { QueryExports } from '../workbench/query-exports.js';
import { Refusal } from '../refusal.js';
import { WatchService } from '../watch/watch.service.js';
import { bucketLimits, uploadFile } from './bucket.js';
import { exportRows } from './export-rows.js';
import { openExportSecret } from './export-schedules.js';
import { ExportRunner } from './run-exports.js';
import type { DueExport } from './due-export.js';
import { tellExportOwners } from './tell-export-owners.js';

const lookEveryMs = 15_000;

/** Writes scheduled exports when they are due. Any number of servers may do this. */
@Injectable()
export class ExportSchedulesKeeper implements OnApplicationShutdown {
  private readonly stopped = new AbortController();
  private readonly transport;
  private running: Promise<void> | null = null;

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(CONFIG) private readonly config: Config,
    private readonly access: SourceAccess,
    private readonly watch: WatchService,
    private readonly queries: QueryExports,
  ) {
    this.transport = createTransport(config.privateHosts, bucketLimits);
  }

  @Interval('export-schedules', lookEveryMs)
  look(): Promise<void> {
    this.running ??= this.work().finally(() => (this.running = null));
    return this.running;
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    await this.running;
    this.transport.close();
  }

  private async work(): Promise<void> {
    if (this.stopped.signal.aborted) return;
    const { pool, watch, queries } = this;
    try {
      const runner = new ExportRunner(pool, {
        directory: join(this.config.dataDirectory, 'exports'),
        rowsOf: (source, as, how) => exportRows({ pool, watch, queries }, source, as, how),
        upload: (due, path, name, signal) => this.upload(due, path, name, signal),
        publicUrl: this.config.publicUrl,
        now: () => new Date(),
      });
      await runner.runDue(this.stopped.signal);
      await tellExportOwners(pool, this.config.publicUrl);
    } catch (error) {
      log(`the scheduled exports could not be worked on: ${reasonOf(error)}`);
    }
  }

  private async upload({ id, destination, secret }: DueExport, path: string, name: string, signal: AbortSignal): Promise<string> {
    if (destination.kind !== 'bucket' || secret === null) throw new Refusal('The bucket has no secret key; give it again.');
    const secretAccessKey = openExportSecret(await this.access.vault(), id, destination, secret);
    const key = `${destination.prefix}${name}`;
    await uploadFile({ ...destination, secretAccessKey }, key, path, { send: this.transport, now: () => new Date(), signal, sleep });
    return `s3://${destination.bucket}/${key}`;
  }
}
