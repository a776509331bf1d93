import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { ForbiddenException, Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { readAccount } from '../access/accounts.js';
import { ownerAfter } from '../access/hand-over.js';
import { isWithin } from '../access/narrow.js';
import type { Principal, Scope } from '../access/principal.js';
import type { ExportRun, ExportSchedule, ExportScheduleBody } from '../api.js';
import { CONFIG, type Config } from '../config.js';
import { SourceAccess } from '../connections/source-access.js';
import { POOL } from '../database/database.module.js';
import { Conflict, Missing } from '../refusal.js';
import { checkExportSchedule } from './check-export-schedule.js';
import { exportLedger } from './export-ledger.js';
import {
  addExportSchedule,
  changeExportSchedule,
  exportScheduleOfRun,
  pauseExportSchedule,
  readExportRuns,
  readExportSchedule,
  readExportSchedules,
  removeExportSchedule,
} from './export-schedules.js';
import { makeDue, retryDue } from '../schedules/ledger.js';

/** What people do with exports that run by themselves. Each sees his own, and whoever manages sees all. */
@Injectable()
export class ExportSchedulesService {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(CONFIG) private readonly config: Config,
    private readonly access: SourceAccess,
  ) {}

  async list(asker: Principal): Promise<ExportSchedule[]> {
    await this.demandWhole(asker);
    return readExportSchedules(this.pool, asker, new Date());
  }

  async read(asker: Principal, id: string): Promise<ExportSchedule> {
    await this.demandWhole(asker);
    return readExportSchedule(this.pool, asker, new Date(), { id });
  }

  async add(asker: Principal, told: ExportScheduleBody): Promise<ExportSchedule> {
    await this.demandWhole(asker);
    const owned = { ...told, ...(await ownerAfter(this.pool, asker, told)) };
    await checkExportSchedule(this.pool, this.config.mail.domains, asker, owned);
    return this.read(asker, await addExportSchedule(this.pool, this.access.vault, owned, new Date()));
  }

  async change(asker: Principal, id: string, told: ExportScheduleBody): Promise<ExportSchedule> {
    const before = await this.read(asker, id);
    const { owner, ownerId } = before;
    const owned = { ...told, ...(await ownerAfter(this.pool, asker, told, { owner, ownerId })) };
    await checkExportSchedule(this.pool, this.config.mail.domains, asker, owned);
    await changeExportSchedule(this.pool, this.access.vault, before, owned, new Date());
    return this.read(asker, id);
  }

  async pause(asker: Principal, id: string, isPaused: boolean): Promise<ExportSchedule> {
    await this.read(asker, id);
    await pauseExportSchedule(this.pool, id, isPaused, new Date());
    return this.read(asker, id);
  }

  async remove(asker: Principal, id: string): Promise<void> {
    await this.read(asker, id);
    await removeExportSchedule(this.pool, id);
  }

  async runs(asker: Principal, id: string, limit: number): Promise<ExportRun[]> {
    await this.read(asker, id);
    return readExportRuns(this.pool, id, limit);
  }

  async run(asker: Principal, id: string): Promise<ExportSchedule> {
    const { name, zone } = await this.read(asker, id);
    if ((await makeDue(this.pool, exportLedger, id, [zone], new Date())) === 0)
      throw new Conflict(`"${name}" was made today, or is being made; it is made once a day. Try again what failed of it.`);
    return this.read(asker, id);
  }

  async retry(asker: Principal, run: string): Promise<void> {
    await this.read(asker, await exportScheduleOfRun(this.pool, run));
    await retryDue(this.pool, exportLedger, run, new Date());
  }

  /**
   * The file of a run while it is kept here. Whoever it was sent to may take it, too. Throws a 403
   * where it was made for somebody who saw more.
   */
  async file(asker: Principal, run: string): Promise<{ name: string; stream: Readable; format: ExportSchedule['format'] }> {
    const id = await exportScheduleOfRun(this.pool, run);
    const format = (await this.isRecipient(asker, id)) ?? (await this.read(asker, id)).format;
    const { rows } = await this.pool.query<{ name: string; scope: Scope | null }>(
      `select file ->> 'name' as name, nullif(file -> 'scope', 'null') as scope from app.export_due where id = $1 and file is not null`,
      [run],
    );
    const gone = new Missing('This file is not here: it was taken to its bucket, or removed because newer ones came.');
    if (!rows[0]) throw gone;
    const { name, scope } = rows[0];
    if (!isWithin(scope, asker.scope))
      throw new ForbiddenException('This file holds more than you may see now; the next one has what its owner may see then.');
    const path = join(this.config.dataDirectory, 'exports', id, name);
    const found = await stat(path).catch(() => null);
    if (!found) throw gone;
    return { name, stream: createReadStream(path), format };
  }

  /** Throws a 403 for a token that sees less than its account: rows are read with the rights of the account. */
  private async demandWhole({ id, by, scope }: Principal): Promise<void> {
    if (by !== 'token' || id === null || scope === null) return;
    if (isWithin((await readAccount(this.pool, id)).scope, scope)) return;
    throw new ForbiddenException(
      'A scheduled export has all that its account may see, and this token sees a part of it; take the rows yourself, or use a token without a scope.',
    );
  }

  /** The format where the asker's account is one of those it is sent to and sees everything. */
  private async isRecipient({ id: account, scope }: Principal, schedule: string): Promise<ExportSchedule['format'] | null> {
    if (account === null || scope !== null) return null;
    const { rows } = await this.pool.query<{ format: ExportSchedule['format'] }>(
      `select schedule.format
      from app.export_schedule schedule
      join app.account account on account.id = $2
      where schedule.id = $1
        and schedule.destination ->> 'kind' = 'mail'
        and exists (
          select from jsonb_array_elements_text(schedule.destination -> 'recipients') told (address)
          where lower(told.address) = account.email
        )`,
      [schedule, account],
    );
    return rows[0]?.format ?? null;
  }
}
