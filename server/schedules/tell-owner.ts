import type pg from 'pg';
import { withTransaction } from '#etl/transaction.js';
import { translator, type Locale } from '#dashboards/i18n/messages.js';
import { enqueueMail } from '../mail/outbox.js';
import { plainMessage, saidTime } from './wrap.js';

interface Trouble {
  /** Of the due time or the message. */
  id: string;
  scheduleId: string;
  schedule: string;
  owner: string;
  ownerAddress: string | null;
  locale: Locale;
  zone: string;
  dueAt: Date;
  detail: string;
  /** Null: it could not even be made. */
  recipient: string | null;
  isUnsure: boolean;
}

/**
 * Tells owners, once, what could not be made and what could not be sent. Who has no address is told by the page alone. A message of
 * this kind that fails is told of no further: the page and `throughline doctor` show it.
 */
export async function tellOwners(pool: pg.Pool, publicUrl: string): Promise<number> {
  const tell = (client: pg.PoolClient, trouble: Trouble) => tellOne(client, publicUrl, trouble);
  return (await tellEach(pool, 'report_due', untoldRuns, tell)) + (await tellEach(pool, 'mail', untoldMail, tell));
}

/** Tells of each row that `select` locks, and marks it as told in the same transaction. Gives how many there were. */
export async function tellEach<Told extends { id: string }>(
  pool: pg.Pool,
  table: 'report_due' | 'export_due' | 'mail',
  select: string,
  tell: (client: pg.PoolClient, told: Told) => Promise<void>,
): Promise<number> {
  return withTransaction(pool, async (client) => {
    const { rows } = await client.query<Told>(select);
    for (const told of rows) await tell(client, told);
    await client.query(`update app.${table} set is_told = true where id = any ($1::uuid[])`, [rows.map(({ id }) => id)]);
    return rows.length;
  });
}

async function tellOne(client: pg.PoolClient, publicUrl: string, trouble: Trouble): Promise<void> {
  const { id, scheduleId, schedule, owner, ownerAddress, locale, zone, dueAt, detail, recipient, isUnsure } = trouble;
  if (ownerAddress === null) return;
  const say = translator(locale);
  const told = { schedule, due: saidTime(locale, zone, dueAt), detail };
  const what =
    recipient === null
      ? say('delivery.trouble.made', told)
      : say(isUnsure ? 'delivery.trouble.unsure' : 'delivery.trouble.sent', { ...told, recipient });
  const look = say('delivery.trouble.look', { address: `${publicUrl}/reports/schedules#${scheduleId}` });
  const message = plainMessage({ name: owner, address: ownerAddress }, locale, say('delivery.trouble', { schedule }), [what, look]);
  await enqueueMail(client, `schedule-trouble:${id}`, message, { kind: 'schedule-trouble', id: scheduleId });
}

const untoldRuns = `
select due.id, schedule.id as "scheduleId", schedule.name as schedule, schedule.owner, schedule.owner_address as "ownerAddress",
  schedule.spec ->> 'locale' as locale, due.zone, due.due_at as "dueAt", coalesce(due.detail, due.reason, '') as detail,
  null as recipient, false as "isUnsure"
from app.report_due due
join app.schedule schedule on schedule.id = due.schedule_id
where due.status = 'failed'
  and not due.is_told
order by due.due_at
limit 100
for update of due skip locked`;

const untoldMail = `
select mail.id, schedule.id as "scheduleId", schedule.name as schedule, schedule.owner, schedule.owner_address as "ownerAddress",
  schedule.spec ->> 'locale' as locale, due.zone, due.due_at as "dueAt", coalesce(mail.answer, mail.reason, '') as detail,
  mail.recipient, mail.state = 'unknown' as "isUnsure"
from app.mail mail
join app.report_due due on due.id = case when mail.about_kind = 'report-due' then mail.about_id::uuid end
join app.schedule schedule on schedule.id = due.schedule_id
where mail.about_kind = 'report-due'
  and mail.state in ('failed', 'unknown')
  and mail.due_at is null
  and not mail.is_told
order by mail.queued_at
limit 100
for update of mail skip locked`;
