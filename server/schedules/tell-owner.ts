import type pg from 'pg';
import { withTransaction } from '#etl/transaction.js';
import { translator, type Locale, type MessageKey } from '#dashboards/i18n/messages.js';
import { enqueueMail } from '../mail/outbox.js';
import { reportLedger, type Ledger } from './ledger.js';
import { plainMessage, saidTime } from './wrap.js';

/** What owners of a kind of schedules are told when something goes wrong, and where they look. */
export interface TroubleKind {
  ledger: Ledger;
  /** Of messages that carry what was made. */
  about: string;
  /** Of messages that tell of trouble. */
  trouble: string;
  /** Language of the owner, in SQL over `schedule`. */
  locale: string;
  says: Record<'subject' | 'made' | 'sent' | 'unsure', MessageKey>;
  page: string;
}

const ofReports: TroubleKind = {
  ledger: reportLedger,
  about: 'report-due',
  trouble: 'schedule-trouble',
  locale: `schedule.spec ->> 'locale'`,
  says: {
    subject: 'delivery.trouble',
    made: 'delivery.trouble.made',
    sent: 'delivery.trouble.sent',
    unsure: 'delivery.trouble.unsure',
  },
  page: '/reports/schedules',
};

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
  isUnsure: boolean;
}

/**
 * Tells owners, once, what could not be made and what could not be sent. Who has no address is told by the page alone. A message of
 * this kind that fails is told of no further: the page and `throughline doctor` show it.
 */
export async function tellOwners(pool: pg.Pool, publicUrl: string, kind = ofReports): Promise<number> {
  const tell = (client: pg.PoolClient, trouble: Trouble) => tellOne(client, publicUrl, kind, trouble);
  return (await tellEach(pool, kind.ledger.due, untoldRuns(kind), tell)) + (await tellEach(pool, 'app.mail', untoldMail(kind), tell));
}

/** Tells of each row that `select` locks, and marks it as told in the same transaction. Gives how many there were. */
async function tellEach(
  pool: pg.Pool,
  table: string,
  select: string,
  tell: (client: pg.PoolClient, told: Trouble) => Promise<void>,
): Promise<number> {
  return withTransaction(pool, async (client) => {
    const { rows } = await client.query<Trouble>(select);
    for (const told of rows) await tell(client, told);
    await client.query(`update ${table} set is_told = true where id = any ($1::uuid[])`, [rows.map(({ id }) => id)]);
    return rows.length;
  });
}

async function tellOne(
  client: pg.PoolClient,
  publicUrl: string,
  { says, page, trouble: kind }: TroubleKind,
  trouble: Trouble,
): Promise<void> {
  const { id, scheduleId, name, owner, ownerAddress, locale, zone, dueAt, detail, recipient, isUnsure } = trouble;
  if (ownerAddress === null) return;
  const say = translator(locale);
  const told = { name, schedule: name, due: saidTime(locale, zone, dueAt), detail };
  const what = recipient === null ? say(says.made, told) : say(isUnsure ? says.unsure : says.sent, { ...told, recipient });
  const look = say('delivery.trouble.look', { address: `${publicUrl}${page}#${scheduleId}` });
  const message = plainMessage({ name: owner, address: ownerAddress }, locale, say(says.subject, { name, schedule: name }), [what, look]);
  await enqueueMail(client, `${kind}:${id}`, message, { kind, id: scheduleId });
}

const columns = (locale: string) => `schedule.id as "scheduleId", schedule.name, schedule.owner, schedule.owner_address as "ownerAddress",
  ${locale} as locale, due.zone, due.due_at as "dueAt"`;

const untoldRuns = ({ ledger: { due, schedules }, locale }: TroubleKind) => `
select due.id, ${columns(locale)}, coalesce(due.detail, due.reason, '') as detail, null as recipient, false as "isUnsure"
from ${due} due
join ${schedules} schedule on schedule.id = due.schedule_id
where due.status = 'failed'
  and not due.is_told
order by due.due_at
limit 100
for update of due skip locked`;

const untoldMail = ({ ledger: { due, schedules }, about, locale }: TroubleKind) => `
select mail.id, ${columns(locale)}, coalesce(mail.answer, mail.reason, '') as detail, mail.recipient, mail.state = 'unknown' as "isUnsure"
from app.mail mail
join ${due} due on due.id = case when mail.about_kind = '${about}' then mail.about_id::uuid end
join ${schedules} schedule on schedule.id = due.schedule_id
where mail.about_kind = '${about}'
  and mail.state in ('failed', 'unknown')
  and mail.due_at is null
  and not mail.is_told
order by mail.queued_at
limit 100
for update of mail skip locked`;
