import { Temporal } from 'temporal-polyfill';
import type pg from 'pg';
import { withTransaction } from '#etl/transaction.js';
import { Conflict, Missing } from '../refusal.js';
import { dueTimes, type Rhythm } from './rhythm.js';

/** The ledger is filled this far ahead, so that a reader sees what comes. */
const aheadMs = 48 * 3_600_000;
/** Filled again before it runs dry. */
const refillMs = 3_600_000;
/** What was missed by more is not sent any more: it would be taken for news. */
const graceMs = 12 * 3_600_000;
const retryMinutes = [1, 5];
const schedulesAtOnce = 100;

/** Which tables schedules and their due times are in: several kinds of schedules are due by the same rules. */
export interface Ledger {
  /** With id, rhythm, is_paused, planned_to and changed_at. */
  schedules: string;
  /** As `app.report_due`. */
  due: string;
  /** The zones a row of `schedule` is due in, as SQL. */
  zones: string;
  /** Whoever is silent for longer is gone. */
  leaseMs: number;
}

/** Summaries, in every zone of those who get them. One takes seconds. */
export const reportLedger: Ledger = {
  schedules: 'app.schedule',
  due: 'app.report_due',
  zones: `coalesce((select array_agg(distinct zone) from app.schedule_recipient where schedule_id = schedule.id and unsubscribed_at is null), '{}')`,
  leaseMs: 120_000,
};

/** A due time that this process took. */
export interface TakenDue {
  id: string;
  token: string;
  scheduleId: string;
  zone: string;
  /** As `2026-03-29T08:00`. */
  localDue: string;
  dueAt: Date;
  attempts: number;
}

/** Writes down what will be due. Any number of servers may do this; a schedule that another is at is left to it. */
export async function planAhead(pool: pg.Pool, ledger: Ledger, now: Date): Promise<void> {
  for (let planned = schedulesAtOnce; planned === schedulesAtOnce;) planned = await planSome(pool, ledger, now);
}

async function planSome(pool: pg.Pool, ledger: Ledger, now: Date): Promise<number> {
  const to = new Date(now.getTime() + aheadMs);
  return withTransaction(pool, async (client) => {
    const { rows } = await client.query<Unplanned>(unplanned(ledger), [new Date(to.getTime() - refillMs), schedulesAtOnce]);
    const due = rows.flatMap(({ id, rhythm, zones, planned_to: from }) =>
      zones.flatMap((zone) => dueTimes(rhythm, zone, from, to).map(({ local, at }) => ({ id, zone, local, at }))),
    );
    await client.query(insertDue(ledger), [
      due.map(({ id }) => id),
      due.map(({ zone }) => zone),
      due.map(({ local }) => local),
      due.map(({ at }) => at),
    ]);
    await client.query(`update ${ledger.schedules} set planned_to = $2 where id = any ($1::uuid[])`, [rows.map(({ id }) => id), to]);
    return rows.length;
  });
}

interface Unplanned {
  id: string;
  rhythm: Rhythm;
  zones: string[];
  planned_to: Date;
}

/** What was under way where a process ended is due again; what was missed is skipped, but for the latest within the grace. */
export async function settleMissed(pool: pg.Pool, ledger: Ledger, now: Date): Promise<void> {
  await pool.query(takeUpAbandoned(ledger), [now]);
  await pool.query(skipMissed(ledger), [now, new Date(now.getTime() - graceMs)]);
}

export async function takeDue(pool: pg.Pool, ledger: Ledger, now: Date, holder: string): Promise<TakenDue | null> {
  const { rows } = await pool.query<TakenDue>(takeOne(ledger), [now, holder, new Date(now.getTime() + ledger.leaseMs)]);
  return rows[0] ?? null;
}

/** Says how it ended. Does nothing where another has taken it meanwhile. */
export async function settleOver(
  pool: pg.Pool,
  ledger: Ledger,
  due: TakenDue,
  { status, reason, detail, now }: { status: 'skipped' | 'failed'; reason: string; detail: string | null; now: Date },
): Promise<void> {
  await pool.query(
    `update ${ledger.due}
    set status = $3, reason = $4, detail = $5, finished_at = $6, lease_until = null
    where id = $1
      and token = $2
      and status = 'making'`,
    [due.id, due.token, status, reason, detail, now],
  );
}

/** Says why it failed, and when it is tried again: a minute and then five minutes later, and no more after that. */
export async function settleFailed(
  pool: pg.Pool,
  ledger: Ledger,
  due: TakenDue,
  { detail, isFinal, now }: { detail: string; isFinal: boolean; now: Date },
): Promise<void> {
  const minutes = isFinal ? undefined : retryMinutes[due.attempts - 1];
  if (minutes === undefined) {
    return settleOver(pool, ledger, due, { status: 'failed', reason: isFinal ? 'refused' : 'making', detail, now });
  }
  await pool.query(
    `update ${ledger.due}
    set status = 'planned', reason = 'making', detail = $3, next_at = $4, lease_until = null
    where id = $1
      and token = $2
      and status = 'making'`,
    [due.id, due.token, detail, new Date(now.getTime() + minutes * 60_000)],
  );
}

/** Makes today due now in these zones; what is planned for later today goes now instead. Gives how many: none where today was begun. */
export async function makeDue(pool: pg.Pool, ledger: Ledger, scheduleId: string, zones: readonly string[], now: Date): Promise<number> {
  const local = zones.map((zone) =>
    Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' }),
  );
  const { rowCount } = await pool.query(
    `insert into ${ledger.due} as due (schedule_id, zone, local_due, due_at, next_at)
    select $1, zone, local_due, $4, $4
    from unnest($2::text[], $3::timestamp[]) told (zone, local_due)
    on conflict (schedule_id, zone, (local_due::date)) do update
    set local_due = excluded.local_due, due_at = excluded.due_at, next_at = excluded.next_at
    where due.status = 'planned'`,
    [scheduleId, zones, local, now],
  );
  return rowCount ?? 0;
}

/** Makes one due again that failed. Throws `Missing`, and `Conflict` for one that did not fail. */
export async function retryDue(pool: pg.Pool, ledger: Ledger, runId: string, now: Date): Promise<void> {
  const { rowCount } = await pool.query(
    `update ${ledger.due}
    set status = 'planned', attempts = 0, next_at = $2, reason = null, detail = null, finished_at = null, is_told = false
    where id = $1
      and status = 'failed'`,
    [runId, now],
  );
  if (rowCount) return;
  const { rows } = await pool.query<{ status: string }>(`select status from ${ledger.due} where id = $1`, [runId]);
  if (!rows[0]) throw new Missing(`There is no run ${runId}; it may have been removed with its schedule.`);
  throw new Conflict(`Run ${runId} is ${rows[0].status}; only one that failed can be tried again.`);
}

/** Forgets what is planned but not begun, and plans anew from `now` on. What was due before stays as it was. */
export async function planAnew(db: Pick<pg.Pool, 'query'>, ledger: Ledger, scheduleId: string, now: Date): Promise<void> {
  await db.query(`delete from ${ledger.due} where schedule_id = $1 and status = 'planned' and due_at > $2`, [scheduleId, now]);
  await db.query(`update ${ledger.schedules} set planned_to = $2, changed_at = $2 where id = $1`, [scheduleId, now]);
}

/** $1 planned at least to here, $2 how many. */
const unplanned = ({ schedules, zones }: Ledger) => `
select id, rhythm, planned_to, ${zones} as zones
from ${schedules} schedule
where not is_paused
  and planned_to < $1
order by planned_to
limit $2
for update skip locked`;

const insertDue = ({ due }: Ledger) => `
insert into ${due} (schedule_id, zone, local_due, due_at, next_at)
select id, zone, local_due, due_at, due_at
from unnest($1::uuid[], $2::text[], $3::timestamp[], $4::timestamptz[]) due (id, zone, local_due, due_at)
on conflict do nothing`;

/** $1 now. */
const takeUpAbandoned = ({ due }: Ledger) => `
update ${due}
set status = 'planned', lease_until = null, reason = 'abandoned'
where status = 'making'
  and lease_until < $1`;

/** $1 now, $2 end of the grace. What a person had tried again later than that is not skipped. */
const skipMissed = ({ due }: Ledger) => `
update ${due} missed
set status = 'skipped', reason = 'missed', finished_at = $1
where status = 'planned'
  and next_at < due_at + interval '12 hours'
  and due_at <= $1
  and (due_at < $2 or exists (
    select from ${due} later
    where later.schedule_id = missed.schedule_id
      and later.zone = missed.zone
      and later.due_at > missed.due_at
      and later.due_at <= $1
  ))`;

/** $1 now, $2 holder, $3 end of the lease. */
const takeOne = ({ due }: Ledger) => `
with next_due as (
  select id
  from ${due}
  where status = 'planned'
    and next_at <= $1
  order by next_at, id
  limit 1
  for update skip locked
)
update ${due} due
set status = 'making', token = due.token + 1, attempts = due.attempts + 1, holder = $2, lease_until = $3
from next_due
where due.id = next_due.id
returning due.id, due.token, due.schedule_id as "scheduleId", due.zone, to_char(due.local_due, 'YYYY-MM-DD"T"HH24:MI') as "localDue",
  due.due_at as "dueAt", due.attempts`;
