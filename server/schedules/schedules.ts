import type pg from 'pg';
import { isUniqueViolation } from '#etl/error-code.js';
import { withTransaction } from '#etl/transaction.js';
import { ownerId } from '../access/own.js';
import type { OwnerShown, OwnerTold, Schedule, ScheduleBody, ScheduleRun } from '../api.js';
import { iso } from '../database/iso.js';
import { readMessages } from '../mail/messages.js';
import { Conflict, Missing } from '../refusal.js';
import { planAnew, reportLedger } from './ledger.js';
import { nextDueTimes } from './rhythm.js';

/** A schedule as it is kept. */
export type ScheduleContent = Omit<ScheduleBody, keyof OwnerTold> & OwnerShown;

/** Which schedules: all of them, or the one of an id or a name. */
export interface ScheduleChoice {
  id?: string;
  name?: string;
}

/** Schedules with their recipients, next due times and last run, by name. */
export async function readSchedules(pool: pg.Pool, now: Date, { id, name }: ScheduleChoice = {}): Promise<Schedule[]> {
  const { rows } = await pool.query<Omit<Schedule, 'lastRun'>>(selectSchedules, [id ?? null, name ?? null]);
  return Promise.all(
    rows.map(async (schedule) => ({
      ...schedule,
      next: schedule.isPaused ? [] : withUnplanned(schedule, now),
      lastRun: (await readRuns(pool, schedule.id, 1))[0] ?? null,
    })),
  );
}

/** Throws `Missing`. */
export async function readSchedule(pool: pg.Pool, now: Date, choice: ScheduleChoice): Promise<Schedule> {
  const [schedule] = await readSchedules(pool, now, choice);
  if (!schedule) throw missingSchedule(choice.name ?? choice.id ?? '');
  return schedule;
}

export function missingSchedule(named: string): Missing {
  return new Missing(`There is no schedule "${named}"; throughline schedule list names them.`);
}

/** Throws `Missing`. */
export async function scheduleOfRun(pool: pg.Pool, run: string): Promise<string> {
  const { rows } = await pool.query<{ id: string }>('select schedule_id as id from app.report_due where id = $1', [run]);
  if (!rows[0]) throw new Missing(`There is no run ${run}; throughline schedule runs NAME names them.`);
  return rows[0].id;
}

/** What is over or under way, the latest first, with the messages of each. */
export async function readRuns(pool: pg.Pool, scheduleId: string, limit: number): Promise<ScheduleRun[]> {
  const { rows } = await pool.query<Omit<ScheduleRun, 'messages'>>(selectRuns, [scheduleId, limit]);
  return Promise.all(
    rows.map(async (run) => ({ ...run, messages: await readMessages(pool, { about: { kind: 'report-due', id: run.id }, limit: 200 }) })),
  );
}

/** Throws `Conflict` for a name that another schedule has. */
export function addSchedule(pool: pg.Pool, told: ScheduleContent, now: Date): Promise<Schedule> {
  return keep(pool, told, now, (client) =>
    client.query<{ id: string }>(
      `insert into app.schedule (name, owner, owner_address, owner_account_id, rhythm, spec, skips_unchanged, planned_to)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      returning id`,
      [...values(told), now],
    ),
  );
}

/** Changes what is still to come; what was due before stays as it was. Throws `Missing` and `Conflict`. */
export function changeSchedule(pool: pg.Pool, id: string, told: ScheduleContent, now: Date): Promise<Schedule> {
  return keep(pool, told, now, (client) =>
    client.query<{ id: string }>(
      `update app.schedule
      set name = $1, owner = $2, owner_address = $3, owner_account_id = $4, rhythm = $5, spec = $6, skips_unchanged = $7
      where id = $8
      returning id`,
      [...values(told), id],
    ),
  );
}

/** Nothing is due while it is paused, and nothing is made up for afterwards. */
export async function pauseSchedule(pool: pg.Pool, id: string, isPaused: boolean, now: Date): Promise<Schedule> {
  await pool.query('update app.schedule set is_paused = $2 where id = $1', [id, isPaused]);
  await planAnew(pool, reportLedger, id, now);
  return readSchedule(pool, now, { id });
}

/** With its runs; messages and summaries that were sent stay. Throws `Missing`. */
export async function removeSchedule(pool: pg.Pool, id: string): Promise<void> {
  const { rowCount } = await pool.query('delete from app.schedule where id = $1', [id]);
  if (!rowCount) throw new Missing(`There is no schedule ${id}; it may have been removed.`);
}

/** The ledger knows the next two days; what comes later is worked out. */
function withUnplanned({ rhythm, recipients, next }: Omit<Schedule, 'lastRun'>, now: Date): Schedule['next'] {
  const zones = new Set(recipients.filter(({ unsubscribedAt }) => unsubscribedAt === null).map(({ zone }) => zone));
  for (const { zone } of next) zones.delete(zone);
  const later = [...zones].flatMap((zone) =>
    nextDueTimes(rhythm, zone, now, 1).map(({ local, at }) => ({ zone, localDue: local, dueAt: at.toISOString() })),
  );
  return [...next, ...later].sort((one, other) => (one.dueAt < other.dueAt ? -1 : 1));
}

async function keep(
  pool: pg.Pool,
  told: ScheduleContent,
  now: Date,
  put: (client: pg.PoolClient) => Promise<pg.QueryResult<{ id: string }>>,
): Promise<Schedule> {
  const id = await withTransaction(pool, async (client) => {
    const kept = (await put(client)).rows[0]?.id;
    if (kept === undefined) throw new Missing('There is no such schedule; it may have been removed.');
    await client.query('delete from app.schedule_recipient where schedule_id = $1 and address <> all ($2::text[])', [
      kept,
      told.recipients.map(({ address }) => address),
    ]);
    await client.query(putRecipients, [kept, JSON.stringify(told.recipients)]);
    await planAnew(client, reportLedger, kept, now);
    return kept;
  }).catch((error: unknown) => {
    if (isUniqueViolation(error))
      throw new Conflict(`There is a schedule "${told.name}" already; give this one another name, or change that one.`);
    throw error;
  });
  return readSchedule(pool, now, { id });
}

function values({ name, owner, ownerId: account, ownerAddress, rhythm, spec, skipsUnchanged }: ScheduleContent): unknown[] {
  return [name, owner, ownerAddress, account, JSON.stringify(rhythm), JSON.stringify(spec), skipsUnchanged];
}

/** $1 schedule, $2 recipients. Who unsubscribed stays so until a person is taken out and put in again. */
const putRecipients = `
insert into app.schedule_recipient (schedule_id, position, name, address, zone, locale)
select $1, told.position, told.one ->> 'name', told.one ->> 'address', told.one ->> 'zone', told.one ->> 'locale'
from jsonb_array_elements($2::jsonb) with ordinality told (one, position)
on conflict (schedule_id, address) do update
set position = excluded.position, name = excluded.name, zone = excluded.zone, locale = excluded.locale`;

/** $1 id, $2 name; null: all. */
const selectSchedules = `
select id, name, owner, ${ownerId} as "ownerId", owner_address as "ownerAddress", rhythm, spec, skips_unchanged as "skipsUnchanged", is_paused as "isPaused",
  (select coalesce(json_agg(json_build_object('name', name, 'address', address, 'zone', zone, 'locale', locale,
      'unsubscribedAt', ${iso('unsubscribed_at')}) order by position), '[]')
    from app.schedule_recipient recipient
    where recipient.schedule_id = schedule.id) as recipients,
  (select coalesce(json_agg(json_build_object('zone', zone, 'localDue', local_due, 'dueAt', due_at) order by at, zone), '[]')
    from (
      select distinct on (zone) zone, to_char(local_due, 'YYYY-MM-DD"T"HH24:MI') as local_due, ${iso('due_at')} as due_at, due_at as at
      from app.report_due due
      where due.schedule_id = schedule.id
        and status = 'planned'
      order by zone, due.due_at
    ) next_due) as next
from app.schedule schedule
where ($1::uuid is null or id = $1)
  and ($2::text is null or name = $2)
order by name`;

/** $1 schedule, $2 how many. */
const selectRuns = `
select id, zone, to_char(local_due, 'YYYY-MM-DD"T"HH24:MI') as "localDue", ${iso('due_at')} as "dueAt", status, reason, detail,
  is_late as "isLate", attempts, ${iso('finished_at')} as "finishedAt",
  (select coalesce(json_agg(json_build_object('locale', report ->> 'locale', 'id', report ->> 'reportId')), '[]')
    from jsonb_array_elements(reports) report) as reports
from app.report_due
where schedule_id = $1
  and (status <> 'planned' or attempts > 0)
order by due_at desc, zone
limit $2`;
