import type pg from 'pg';
import { translator, type Locale } from '#dashboards/i18n/messages.js';
import { enqueueMail } from '../mail/outbox.js';
import { tellEach } from '../schedules/tell-owner.js';
import { plainMessage, saidTime } from '../schedules/wrap.js';

interface Trouble {
  /** Of the due time or the message. */
  id: string;
  scheduleId: string;
  name: string;
  owner: string;
  ownerAddress: string | null;
  locale: Locale;
  zone: string;
  dueAt: Date;
  detail: string;
  /** Null: it could not even be made. */
  recipient: string | null;
}

/** Tells owners, once, what could not be made and what could not be sent. Who has no address is told by the page alone. */
export async function tellExportOwners(pool: pg.Pool, publicUrl: string): Promise<number> {
  const tell = (client: pg.PoolClient, trouble: Trouble) => tellOne(client, publicUrl, trouble);
  return (await tellEach(pool, 'export_due', untoldRuns, tell)) + (await tellEach(pool, 'mail', untoldMail, tell));
}

async function tellOne(client: pg.PoolClient, publicUrl: string, trouble: Trouble): Promise<void> {
  const { id, scheduleId, name, owner, ownerAddress, locale, zone, dueAt, detail, recipient } = trouble;
  if (ownerAddress === null) return;
  const say = translator(locale);
  const told = { name, due: saidTime(locale, zone, dueAt), detail };
  const what = recipient === null ? say('export.trouble.made', told) : say('export.trouble.sent', { ...told, recipient });
  const look = say('delivery.trouble.look', { address: `${publicUrl}/exports#${scheduleId}` });
  const message = plainMessage({ name: owner, address: ownerAddress }, locale, say('export.trouble', { name }), [what, look]);
  await enqueueMail(client, `export-trouble:${id}`, message, { kind: 'export-trouble', id: scheduleId });
}

const columns = `schedule.id as "scheduleId", schedule.name, schedule.owner, schedule.owner_address as "ownerAddress",
  coalesce(schedule.destination ->> 'locale', 'en') as locale, due.zone, due.due_at as "dueAt"`;

const untoldRuns = `
select due.id, ${columns}, coalesce(due.detail, due.reason, '') as detail, null as recipient
from app.export_due due
join app.export_schedule schedule on schedule.id = due.schedule_id
where due.status = 'failed'
  and not due.is_told
order by due.due_at
limit 100
for update of due skip locked`;

const untoldMail = `
select mail.id, ${columns}, coalesce(mail.answer, mail.reason, '') as detail, mail.recipient
from app.mail mail
join app.export_due due on due.id = case when mail.about_kind = 'export-due' then mail.about_id::uuid end
join app.export_schedule schedule on schedule.id = due.schedule_id
where mail.about_kind = 'export-due'
  and mail.state in ('failed', 'unknown')
  and mail.due_at is null
  and not mail.is_told
order by mail.queued_at
limit 100
for update of mail skip locked`;
