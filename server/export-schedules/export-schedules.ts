import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { isUniqueViolation } from '#etl/error-code.js';
import { withTransaction } from '#etl/transaction.js';
import type { VaultKey } from '#etl/vault/key.js';
import { seal, unseal, type Place, type Sealed } from '#etl/vault/seal.js';
import { isOwned, ownedBy, ownerId } from '../access/own.js';
import type { Principal } from '../access/principal.js';
import type { ExportDestination, ExportRun, ExportSchedule, ExportScheduleBody, OwnerShown, OwnerTold } from '../api.js';
import { iso } from '../database/iso.js';
import { Conflict, Missing, Refusal } from '../refusal.js';
import { planAnew } from '../schedules/ledger.js';
import { nextDueTimes } from '../schedules/rhythm.js';
import { exportLedger } from './export-ledger.js';

type BucketDestination = Extract<ExportDestination, { kind: 'bucket' }>;
type Vault = () => Promise<VaultKey>;

/** A scheduled export as it is kept. Its rows are read with the rights of its owner. */
export type ExportContent = Omit<ExportScheduleBody, keyof OwnerTold> & OwnerShown;

export interface ExportChoice {
  id?: string;
  name?: string;
}

/** Those somebody may see, with when they are due next and their last run, by name: one's own, and whoever manages sees all. */
export async function readExportSchedules(
  pool: pg.Pool,
  asker: Principal,
  now: Date,
  { id, name }: ExportChoice = {},
): Promise<ExportSchedule[]> {
  const { rows } = await pool.query<Omit<ExportSchedule, 'lastRun'>>(selectSchedules, [id ?? null, name ?? null, ownedBy(asker)]);
  return Promise.all(
    rows.map(async (schedule) => ({
      ...schedule,
      next: schedule.isPaused ? null : (schedule.next ?? unplanned(schedule, now)),
      lastRun: (await readExportRuns(pool, schedule.id, 1))[0] ?? null,
    })),
  );
}

/** Throws `Missing`, also for one of somebody else. */
export async function readExportSchedule(pool: pg.Pool, asker: Principal, now: Date, choice: ExportChoice): Promise<ExportSchedule> {
  const [schedule] = await readExportSchedules(pool, asker, now, choice);
  if (!schedule)
    throw new Missing(`There is no scheduled export "${choice.name ?? choice.id}"; throughline export-schedule list names them.`);
  return schedule;
}

/** What is over or under way, the latest first. */
export async function readExportRuns(pool: pg.Pool, scheduleId: string, limit: number): Promise<ExportRun[]> {
  return (await pool.query<ExportRun>(selectRuns, [scheduleId, limit])).rows;
}

/** The schedule of a run. Throws `Missing`. */
export async function exportScheduleOfRun(pool: pg.Pool, runId: string): Promise<string> {
  const { rows } = await pool.query<{ id: string }>('select schedule_id as id from app.export_due where id = $1', [runId]);
  if (!rows[0]) throw new Missing(`There is no run ${runId}; it may have been removed with its schedule.`);
  return rows[0].id;
}

/** Throws `Conflict` for a name that another one has, and a `Refusal` for a bucket without its secret key. */
export async function addExportSchedule(pool: pg.Pool, vault: Vault, told: ExportContent, now: Date): Promise<string> {
  const id = randomUUID();
  const sealed = await sealedFor(vault, id, told);
  if (told.destination.kind === 'bucket' && sealed === null) throw new Refusal('A bucket needs its secret key: give secretAccessKey.');
  await named(told.name, () =>
    pool.query(
      `insert into app.export_schedule (name, owner, owner_address, source, format, is_raw, destination, rhythm, zone, owner_account_id, id,
        secret_key_id, secret_nonce, secret_sealed, planned_to)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
      [...values(told), id, sealed?.keyId, sealed?.nonce, sealed?.sealed, now],
    ),
  );
  return id;
}

/** Changes what is still to come. A bucket that is changed needs its secret key again. */
export async function changeExportSchedule(
  pool: pg.Pool,
  vault: Vault,
  before: ExportSchedule,
  told: ExportContent,
  now: Date,
): Promise<void> {
  const sealed = await sealedFor(vault, before.id, told);
  const keepsSecret = told.destination.kind === 'bucket' && sealed === null;
  if (keepsSecret && !isSameBucket(before.destination, told.destination))
    throw new Refusal('The bucket is another one, so its secret key is needed again: give secretAccessKey.');
  await named(told.name, () =>
    withTransaction(pool, async (client) => {
      await client.query(
        `update app.export_schedule
        set name = $1, owner = $2, owner_address = $3, source = $4, format = $5, is_raw = $6, destination = $7, rhythm = $8, zone = $9,
          owner_account_id = $10
        where id = $11`,
        [...values(told), before.id],
      );
      if (!keepsSecret) {
        await client.query('update app.export_schedule set secret_key_id = $2, secret_nonce = $3, secret_sealed = $4 where id = $1', [
          before.id,
          sealed?.keyId,
          sealed?.nonce,
          sealed?.sealed,
        ]);
      }
      await planAnew(client, exportLedger, before.id, now);
    }),
  );
}

/** Nothing is due while it is paused, and nothing is made up for afterwards. */
export async function pauseExportSchedule(pool: pg.Pool, id: string, isPaused: boolean, now: Date): Promise<void> {
  await pool.query('update app.export_schedule set is_paused = $2 where id = $1', [id, isPaused]);
  await planAnew(pool, exportLedger, id, now);
}

export async function removeExportSchedule(pool: pg.Pool, id: string): Promise<void> {
  await pool.query('delete from app.export_schedule where id = $1', [id]);
}

/** Opens the secret key of its bucket. Throws where it does not open. */
export function openExportSecret(key: VaultKey, id: string, destination: BucketDestination, sealed: Sealed): string {
  return unseal(key, placeOf(id, destination), sealed);
}

/** Seals with `key` what was sealed with `old`; returns how many. */
export async function rotateExportSecrets(db: Pick<pg.Pool, 'query'>, old: VaultKey, key: VaultKey): Promise<number> {
  const { rows } = await db.query<Sealed & { id: string; destination: BucketDestination }>(
    `select id, destination, secret_key_id as "keyId", secret_nonce as nonce, secret_sealed as sealed
    from app.export_schedule
    where secret_key_id <> $1
    for update`,
    [key.id],
  );
  for (const { id, destination, ...secret } of rows) {
    const place = placeOf(id, destination);
    const { keyId, nonce, sealed } = seal(key, place, unseal(old, place, secret));
    await db.query('update app.export_schedule set secret_key_id = $2, secret_nonce = $3, secret_sealed = $4 where id = $1', [
      id,
      keyId,
      nonce,
      sealed,
    ]);
  }
  return rows.length;
}

async function sealedFor(vault: Vault, id: string, { destination, secretAccessKey }: ExportContent): Promise<Sealed | null> {
  if (destination.kind !== 'bucket' || secretAccessKey === undefined) return null;
  return seal(await vault(), placeOf(id, destination), secretAccessKey);
}

function placeOf(id: string, { endpoint, bucket, accessKeyId }: BucketDestination): Place {
  return { connectionId: id, name: 'secret-access-key', address: `${new URL(endpoint).origin}/${bucket}/${accessKeyId}` };
}

function isSameBucket(before: ExportDestination, after: ExportDestination): boolean {
  if (before.kind !== 'bucket' || after.kind !== 'bucket') return false;
  return placeOf('', before).address === placeOf('', after).address;
}

async function named(name: string, put: () => Promise<unknown>): Promise<void> {
  try {
    await put();
  } catch (error) {
    if (isUniqueViolation(error))
      throw new Conflict(`There is a scheduled export "${name}" already; give this one another name, or change that one.`);
    throw error;
  }
}

function values(told: ExportContent): unknown[] {
  const { name, owner, ownerAddress, source, format, isRaw, destination, rhythm, zone } = told;
  const [from, to, when] = [source, destination, rhythm].map((part) => JSON.stringify(part));
  return [name, owner, ownerAddress, from, format, isRaw, to, when, zone, told.ownerId];
}

/** The ledger knows the next two days; what comes later is worked out. */
function unplanned({ rhythm, zone }: Pick<ExportSchedule, 'rhythm' | 'zone'>, now: Date): ExportSchedule['next'] {
  const [next] = nextDueTimes(rhythm, zone, now, 1);
  return next ? { localDue: next.local, dueAt: next.at.toISOString() } : null;
}

/** $1 id, $2 name, $3 account; null: all. */
const selectSchedules = `
select id, name, owner, ${ownerId} as "ownerId", owner_address as "ownerAddress", source, format, is_raw as "isRaw", destination, rhythm, zone,
  is_paused as "isPaused",
  (select json_build_object('localDue', to_char(due.local_due, 'YYYY-MM-DD"T"HH24:MI'), 'dueAt', ${iso('due.due_at')})
    from app.export_due due
    where due.schedule_id = schedule.id
      and due.status = 'planned'
    order by due.due_at
    limit 1) as next
from app.export_schedule schedule
where ($1::uuid is null or id = $1)
  and ($2::text is null or name = $2)
  and ${isOwned('$3')}
order by name`;

/** $1 schedule, $2 how many. */
const selectRuns = `
select id, zone, to_char(local_due, 'YYYY-MM-DD"T"HH24:MI') as "localDue", ${iso('due_at')} as "dueAt", status, reason, detail,
  is_late as "isLate", attempts, ${iso('finished_at')} as "finishedAt", file - 'scope' as file
from app.export_due
where schedule_id = $1
  and (status <> 'planned' or attempts > 0)
order by due_at desc
limit $2`;
