import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import type pg from 'pg';
import { translator } from '#dashboards/i18n/messages.js';
import type { MailLine, Schedule } from '../api.js';
import { Conflict, Missing } from '../dashboards/refusal.js';
import type { MailAddress } from '../mail/message.js';
import { readMessages } from '../mail/messages.js';
import { enqueueMail } from '../mail/outbox.js';
import type { MadeReport } from '../reports/make-report.js';
import { makeWhole } from './make-whole.js';
import { wrapReport } from './wrap.js';

/** A person waits longer than a schedule does. */
const testWithinMs = 60_000;

/** Sends to one address exactly what its recipients would get now, marked as a test. No recipient gets anything. */
export async function sendTest(
  pool: pg.Pool,
  schedule: Schedule,
  to: MailAddress,
  make: (spec: Schedule['spec']) => Promise<MadeReport>,
): Promise<MailLine> {
  const { name, owner, spec } = schedule;
  const made = await makeWhole(() => make(spec), testWithinMs);
  const say = translator(spec.locale);
  const message = wrapReport(made, {
    to,
    locale: spec.locale,
    subject: say('delivery.test', { subject: made.subject }),
    notes: [say('delivery.test.note', { schedule: name })],
    closing: [say('delivery.why', { owner, schedule: name })],
    unsubscribe: null,
  });
  const about = { kind: 'schedule-test', id: randomUUID() };
  await enqueueMail(pool, `schedule-test:${about.id}`, message, about);
  const [line] = await readMessages(pool, { about, limit: 1 });
  if (!line) throw new Error('The test message did not reach the outbox.');
  return line;
}

/** Makes the report of today due now, in every zone of its recipients; what is planned for later today goes now instead. */
export async function runNow(pool: pg.Pool, { id, name, recipients }: Schedule, now: Date): Promise<number> {
  const zones = [...new Set(recipients.filter(({ unsubscribedAt }) => unsubscribedAt === null).map(({ zone }) => zone))];
  if (zones.length === 0) throw new Conflict(`Nobody gets "${name}" any more; add a recipient first.`);
  const local = zones.map((zone) =>
    Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' }),
  );
  const { rowCount } = await pool.query(makeDue, [id, zones, local, now]);
  if (!rowCount) throw new Conflict(`"${name}" was sent today, or is being sent; it goes out once a day. Try again what failed of it.`);
  return rowCount;
}

/** Makes a run due again that failed. Throws `Missing`, and `Conflict` for one that did not fail. */
export async function retryRun(pool: pg.Pool, runId: string, now: Date): Promise<void> {
  const { rowCount } = await pool.query(retryFailed, [runId, now]);
  if (rowCount) return;
  const { rows } = await pool.query<{ status: string }>('select status from app.report_due where id = $1', [runId]);
  if (!rows[0]) throw new Missing(`There is no run ${runId}; throughline schedule runs NAME names them.`);
  throw new Conflict(`Run ${runId} is ${rows[0].status}; only one that failed can be tried again.`);
}

/** $1 schedule, $2 zones, $3 local times, $4 now. */
const makeDue = `
insert into app.report_due as due (schedule_id, zone, local_due, due_at, next_at)
select $1, zone, local_due, $4, $4
from unnest($2::text[], $3::timestamp[]) told (zone, local_due)
on conflict (schedule_id, zone, (local_due::date)) do update
set local_due = excluded.local_due, due_at = excluded.due_at, next_at = excluded.next_at
where due.status = 'planned'`;

/** $1 run, $2 now. */
const retryFailed = `
update app.report_due
set status = 'planned', attempts = 0, next_at = $2, reason = null, detail = null, finished_at = null, is_told = false
where id = $1
  and status = 'failed'`;
