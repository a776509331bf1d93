import type pg from 'pg';
import { withTransaction } from '#etl/transaction.js';
import { dueTimes, type Rhythm } from './rhythm.js';

/** The ledger is filled this far ahead, so that a reader sees what comes. */
const aheadMs = 48 * 3_600_000;
/** Filled again before it runs dry. */
const refillMs = 3_600_000;
/** What was missed by more is not sent any more: it would be taken for news. */
const graceMs = 12 * 3_600_000;
/** A summary takes seconds. Whoever is silent for longer is gone. */
const leaseMs = 120_000;
const schedulesAtOnce = 100;

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
export async function planAhead(pool: pg.Pool, now: Date): Promise<void> {
  for (let planned = schedulesAtOnce; planned === schedulesAtOnce;) planned = await planSome(pool, now);
}

async function planSome(pool: pg.Pool, now: Date): Promise<number> {
  const to = new Date(now.getTime() + aheadMs);
  return withTransaction(pool, async (client) => {
    const { rows } = await client.query<Unplanned>(unplanned, [new Date(to.getTime() - refillMs), schedulesAtOnce]);
    const due = rows.flatMap(({ id, rhythm, zones, planned_to: from }) =>
      zones.flatMap((zone) => dueTimes(rhythm, zone, from, to).map(({ local, at }) => ({ id, zone, local, at }))),
    );
    await client.query(insertDue, [
      due.map(({ id }) => id),
      due.map(({ zone }) => zone),
      due.map(({ local }) => local),
      due.map(({ at }) => at),
    ]);
    await client.query('update app.schedule set planned_to = $2 where id = any ($1::uuid[])', [rows.map(({ id }) => id), to]);
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
export async function settleMissed(pool: pg.Pool, now: Date): Promise<void> {
  await pool.query(takeUpAbandoned, [now]);
  await pool.query(skipMissed, [now, new Date(now.getTime() - graceMs)]);
}

export async function takeDue(pool: pg.Pool, now: Date, holder: string): Promise<TakenDue | null> {
  const { rows } = await pool.query<TakenDue>(takeOne, [now, holder, new Date(now.getTime() + leaseMs)]);
  return rows[0] ?? null;
}

/** Forgets what is planned but not begun, and plans anew from `now` on. What was due before stays as it was. */
export async function planAnew(db: Pick<pg.Pool, 'query'>, scheduleId: string, now: Date): Promise<void> {
  await db.query(`delete from app.report_due where schedule_id = $1 and status = 'planned' and due_at > $2`, [scheduleId, now]);
  await db.query('update app.schedule set planned_to = $2, changed_at = $2 where id = $1', [scheduleId, now]);
}

/** $1 planned at least to here, $2 how many. */
const unplanned = `
select id, rhythm, planned_to,
  coalesce((select array_agg(distinct zone) from app.schedule_recipient where schedule_id = schedule.id and unsubscribed_at is null), '{}')
    as zones
from app.schedule schedule
where not is_paused
  and planned_to < $1
order by planned_to
limit $2
for update skip locked`;

const insertDue = `
insert into app.report_due (schedule_id, zone, local_due, due_at, next_at)
select id, zone, local_due, due_at, due_at
from unnest($1::uuid[], $2::text[], $3::timestamp[], $4::timestamptz[]) due (id, zone, local_due, due_at)
on conflict do nothing`;

/** $1 now. */
const takeUpAbandoned = `
update app.report_due
set status = 'planned', lease_until = null, reason = 'abandoned'
where status = 'making'
  and lease_until < $1`;

/** $1 now, $2 end of the grace. What a person had tried again later than that is not skipped. */
const skipMissed = `
update app.report_due missed
set status = 'skipped', reason = 'missed', finished_at = $1
where status = 'planned'
  and next_at < due_at + interval '12 hours'
  and due_at <= $1
  and (due_at < $2 or exists (
    select from app.report_due later
    where later.schedule_id = missed.schedule_id
      and later.zone = missed.zone
      and later.due_at > missed.due_at
      and later.due_at <= $1
  ))`;

/** $1 now, $2 holder, $3 end of the lease. */
const takeOne = `
with next_due as (
  select id
  from app.report_due
  where status = 'planned'
    and next_at <= $1
  order by next_at, id
  limit 1
  for update skip locked
)
update app.report_due due
set status = 'making', token = due.token + 1, attempts = due.attempts + 1, holder = $2, lease_until = $3
from next_due
where due.id = next_due.id
returning due.id, due.token, due.schedule_id as "scheduleId", due.zone, to_char(due.local_due, 'YYYY-MM-DD"T"HH24:MI') as "localDue",
  due.due_at as "dueAt", due.attempts`;
