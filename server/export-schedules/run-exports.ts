import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { reasonOf } from '#etl/error-code.js';
import { withTransaction } from '#etl/transaction.js';
import type { Sealed } from '#etl/vault/seal.js';
import { addressesOutOfScope } from '../access/account-scope.js';
import type { Principal, Scope } from '../access/principal.js';
import type { ExportDestination, ExportedFile, ExportSource, ViewFormat } from '../api.js';
import { recordAudit } from '../audit/audit.js';
import { log } from '../console.js';
import { Missing, Refusal } from '../refusal.js';
import { planAhead, settleFailed, settleMissed, takeDue, type TakenDue } from '../schedules/ledger.js';
import { wholeStream } from '../whole-file.js';
import { exportLedger } from './export-ledger.js';
import { mailExport, type ExportMail, type MadeFile } from './mail-export.js';
import type { DueExport } from './due-export.js';
import { ownerRights, type OwnerAccount } from './owner-rights.js';

/** After that a reader wonders why it comes at this time. */
const lateAfterMs = 60_000;
/** Well within the lease; a bucket is given the rest of it. */
const writeWithinMs = 600_000;
const uploadWithinMs = 900_000;
/** Of each schedule, in its folder; older ones are removed. */
const keptFiles = 30;

export interface ExportRunnerOptions {
  /** Where files are kept: a folder of its own for each schedule. */
  directory: string;
  /** The rows as a file, with the rights of the asker. */
  rowsOf: (source: ExportSource, as: Principal, how: { format: ViewFormat; isRaw: boolean; signal: AbortSignal }) => Promise<Readable>;
  /** Takes a file to the bucket; gives where it is. */
  upload: (due: DueExport, path: string, name: string, signal: AbortSignal) => Promise<string>;
  publicUrl: string;
  now: () => Date;
}

interface DueRow extends DueExport {
  account: OwnerAccount;
  ownerId: string | null;
}

/**
 * Writes the files that are due and takes them where they go. Any number may run on one database, as of summaries. A file is whole before
 * it has its name, before it is sent and before it is taken away.
 */
export class ExportRunner {
  private readonly holder = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;

  constructor(
    private readonly pool: pg.Pool,
    private readonly options: ExportRunnerOptions,
  ) {}

  /** Plans ahead and works until nothing is due, or `signal` is aborted. Gives how many due times were worked on. */
  async runDue(signal?: AbortSignal): Promise<number> {
    await planAhead(this.pool, exportLedger, this.options.now());
    await settleMissed(this.pool, exportLedger, this.options.now());
    for (let worked = 0; ; worked += 1) {
      const due = signal?.aborted ? null : await takeDue(this.pool, exportLedger, this.options.now(), this.holder);
      if (!due) return worked;
      await this.run(due, signal);
    }
  }

  private async run(due: TakenDue, stop: AbortSignal | undefined): Promise<void> {
    let row: DueRow | null = null;
    try {
      row = await readRow(this.pool, due.scheduleId);
      const made = await this.write(row, due, within(writeWithinMs, stop));
      await this.handOver(row, due, made, within(uploadWithinMs, stop));
    } catch (error) {
      const detail = reasonOf(error);
      log(`the export due at ${due.localDue} (${due.zone}) could not be made: ${detail}`);
      const isFinal = error instanceof Refusal || error instanceof Missing;
      await settleFailed(this.pool, exportLedger, due, { detail, isFinal, now: this.options.now() });
      await this.record(due, row, 'failed', 0);
    }
  }

  private async write(row: DueRow, due: TakenDue, signal: AbortSignal): Promise<MadeFile & { scope: Scope | null }> {
    const { source, format, isRaw } = row;
    const as = ownerRights(row.ownerId, row.account, source);
    const folder = join(this.options.directory, row.id);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const name = `throughline-${what(source)}-${due.localDue.slice(0, 10)}.${format}`;
    const path = join(folder, name);
    const remedy = 'Give the server a data directory it may write to, with room for it.';
    const bytes = await wholeStream(path, { mode: 0o600, remedy }, async (file) => {
      await pipeline(await this.options.rowsOf(source, as, { format, isRaw, signal }), file, { signal });
      return file.bytesWritten;
    });
    return { name, path, bytes, scope: as.scope };
  }

  private async handOver(row: DueRow, due: TakenDue, made: MadeFile & { scope: Scope | null }, signal: AbortSignal): Promise<void> {
    const { destination } = row;
    const { name, path, bytes, scope } = made;
    const uploaded = destination.kind === 'bucket' ? await this.options.upload(row, path, name, signal) : null;
    const now = this.options.now();
    const isLate = now.getTime() - due.dueAt.getTime() > lateAfterMs;
    const isOurs = await withTransaction(this.pool, async (client) => {
      const mailed = destination.kind === 'mail' ? await mailable(client, row, destination, made) : null;
      const place = uploaded ?? mailed?.to.join(', ') ?? join('exports', row.id, name);
      const file: ExportedFile = { name, bytes, place };
      const { rowCount } = await client.query(settleMade, [due.id, due.token, now, isLate, JSON.stringify({ ...file, scope })]);
      if (rowCount === 1 && mailed) await mailExport(client, row, due, made, { ...mailed, publicUrl: this.options.publicUrl });
      return rowCount === 1;
    });
    if (!isOurs) return;
    await this.record(due, row, 'done', bytes);
    if (uploaded !== null) await rm(path);
    await removeOld(join(this.options.directory, row.id));
  }

  private async record(due: TakenDue, row: DueRow | null, outcome: 'done' | 'failed', bytes: number): Promise<void> {
    await recordAudit(this.pool, {
      asker: null,
      action: 'export',
      object: due.scheduleId,
      outcome,
      detail: { schedule: row?.name ?? null, account: row?.ownerId ?? null, to: row?.destination.kind ?? null, bytes },
    });
  }
}

/** A larger attachment is refused by many a mail server. */
const mostAttachedBytes = 10 * 2 ** 20;

/** Whom it goes to: not to those whose accounts may not see all that is in it. Throws a `Refusal` where nobody is left. */
async function mailable(
  client: pg.PoolClient,
  { source }: DueExport,
  { recipients, locale }: Extract<ExportDestination, { kind: 'mail' }>,
  { path, bytes }: MadeFile,
): Promise<Pick<ExportMail, 'to' | 'locale' | 'attached'>> {
  const narrower = await addressesOutOfScope(client, recipients, source.kind === 'watch' ? source.filters : {});
  const to = recipients.filter((address) => !narrower.has(address));
  if (to.length === 0) throw new Refusal('Nobody whom it goes to may see all that is in it.');
  return { to, locale, attached: bytes <= mostAttachedBytes ? await readFile(path) : null };
}

/** Part of the name of the file; a name of a view of ours, checked before. */
function what(source: ExportSource): string {
  return source.kind === 'view' ? source.view.replace(/[^a-z0-9_]/g, '') : source.kind;
}

function within(ms: number, stop: AbortSignal | undefined): AbortSignal {
  return AbortSignal.any([AbortSignal.timeout(ms), ...(stop ? [stop] : [])]);
}

/** Names hold the date, so their order is that of time. */
async function removeOld(folder: string): Promise<void> {
  const names = (await readdir(folder))
    .filter((name) => !name.endsWith('.partial'))
    .sort((one, other) => dateIn(one).localeCompare(dateIn(other)));
  for (const name of names.slice(0, -keptFiles)) await rm(join(folder, name));
}

function dateIn(name: string): string {
  return /\d{4}-\d{2}-\d{2}(?=\.[a-z]+$)/.exec(name)?.[0] ?? '';
}

async function readRow(pool: pg.Pool, id: string): Promise<DueRow> {
  const { rows } = await pool.query<Omit<DueRow, 'secret'> & { [Part in keyof Sealed]: Sealed[Part] | null }>(selectDue, [id]);
  const [row] = rows;
  if (!row) throw new Missing('The schedule was removed.');
  const { keyId, nonce, sealed, ...rest } = row;
  return { ...rest, secret: keyId !== null && nonce !== null && sealed !== null ? { keyId, nonce, sealed } : null };
}

/** $1 schedule. */
const selectDue = `
select schedule.id, schedule.name, schedule.owner, source, format, is_raw as "isRaw", destination, owner_account_id as "ownerId",
  secret_key_id as "keyId", secret_nonce as nonce, secret_sealed as sealed,
  case when account.id is not null then json_build_object('role', account.role, 'scope', account.scope,
    'isDisabled', account.disabled_at is not null) end as account
from app.export_schedule schedule
left join app.account account on account.id = schedule.owner_account_id
where schedule.id = $1`;

/** $1 due time, $2 token, $3 now, $4 late, $5 file. */
const settleMade = `
update app.export_due
set status = 'made', finished_at = $3, is_late = $4, file = $5, lease_until = null, reason = null, detail = null
where id = $1
  and token = $2
  and status = 'making'`;
