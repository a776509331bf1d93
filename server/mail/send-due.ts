import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type pg from 'pg';
import { reasonOf } from '#etl/error-code.js';
import { Refusal } from '../refusal.js';
import { allowedAddress, domainOf } from './address.js';
import { type Delivery, DeliveryError } from './delivery.js';
import { composeLetter } from './letter.js';
import type { MailMessage } from './message.js';
import type { MailSettings } from './settings.js';

/** Of one attempt. A delivery ends within two minutes; whoever is silent for longer is gone. */
const leaseMs = 180_000;
const minuteMs = 60_000;
/** Then every ten minutes: a server that is back gets everything within a quarter of an hour. */
const delayMinutes = [1, 2, 4, 8, 10];
const givenUpAfterMs = 24 * 60 * minuteMs;
/** Long enough for the first copy to arrive and be seen, and for the server to know the Message-ID. */
const afterAmbiguityMs = 15 * minuteMs;
/** While nothing can be sent, one attempt a minute finds out whether something can. */
const outagePauseMs = minuteMs;
const atOnce = 4;

export interface SenderOptions {
  settings: Pick<MailSettings, 'from' | 'domains'>;
  delivery: Delivery;
  now: () => Date;
  /** Whoever holds a message while it is sent; for the page and the log. */
  holder?: string;
}

/**
 * Sends what is due in the outbox. Any number may run on one database: a message is sent by the one who took it, and who was silent
 * for longer than his lease hands nothing over any more.
 */
export class OutboxSender {
  private readonly holder: string;
  private pausedUntil = -Infinity;

  constructor(
    private readonly pool: pg.Pool,
    private readonly options: SenderOptions,
  ) {
    this.holder = options.holder ?? `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
  }

  /** Sends until nothing is due, nothing can be sent, or `signal` is aborted. Gives the number of attempts. */
  async sendDue(signal?: AbortSignal): Promise<number> {
    await this.takeUpAbandoned();
    let attempts = 0;
    const lane = async (): Promise<void> => {
      while (!signal?.aborted && this.options.now().getTime() >= this.pausedUntil) {
        const mail = await this.take();
        if (!mail) return;
        attempts++;
        await this.attempt(mail);
      }
    };
    const isOutage = this.pausedUntil !== -Infinity;
    await (isOutage ? lane() : Promise.all(Array.from({ length: atOnce }, lane)));
    return attempts;
  }

  /** What was under way where a process ended: not handed over, it is due again; handed over, nobody knows. */
  private async takeUpAbandoned(): Promise<void> {
    const now = this.options.now();
    await this.pool.query(takeUpAbandoned, [now, new Date(now.getTime() + afterAmbiguityMs)]);
  }

  private async take(): Promise<Taken | null> {
    const now = this.options.now();
    const { rows } = await this.pool.query<Taken>(takeDue, [
      now,
      this.holder,
      new Date(now.getTime() + leaseMs),
      domainOf(this.options.settings.from),
    ]);
    return rows[0] ?? null;
  }

  private async attempt(mail: Taken): Promise<void> {
    const { settings, delivery, now } = this.options;
    try {
      const message = await readMessage(this.pool, mail);
      allowedAddress(message.to, settings.domains);
      const letter = await composeLetter(message, { from: settings.from, messageId: mail.messageId, sentAt: now() });
      await delivery.deliver(letter, () => this.handOver(mail));
    } catch (error) {
      return this.settleFailure(mail, error);
    }
    this.pausedUntil = -Infinity;
    await this.pool.query(settleSent, [mail.id, mail.token, now(), delivery.by]);
  }

  /** From here on the server may have the message. Throws where another took it over. */
  private async handOver({ id, token }: Taken): Promise<void> {
    const { rowCount } = await this.pool.query(markHandedOver, [id, token, new Date(this.options.now().getTime() + leaseMs)]);
    if (rowCount !== 1) throw new Error(`Message ${id} was taken over by another server; nothing more of it is sent here.`);
  }

  private async settleFailure(mail: Taken, error: unknown): Promise<void> {
    const now = this.options.now().getTime();
    const failure = failureOf(error);
    if (failure.outcome === 'outage') this.pausedUntil = now + outagePauseMs;
    const isAmbiguous = failure.outcome === 'ambiguous';
    const handovers = mail.handovers + (isAmbiguous ? 1 : 0);
    const isGivenUp = now - mail.firstTriedAt.getTime() >= givenUpAfterMs;
    const isOver = isAmbiguous ? handovers > 1 : failure.outcome === 'never' || isGivenUp;
    const delayMs = isAmbiguous ? afterAmbiguityMs : minuteMs * (delayMinutes[Math.min(mail.attempts, delayMinutes.length) - 1] ?? 1);
    await this.pool.query(settleFailed, [
      mail.id,
      mail.token,
      handovers > 0 ? 'unknown' : isOver ? 'failed' : 'queued',
      isOver ? null : new Date(now + delayMs),
      handovers,
      isGivenUp && failure.outcome !== 'never' && !isAmbiguous ? 'given-up' : failure.step,
      failure.message,
    ]);
  }
}

interface Taken {
  id: string;
  token: string;
  messageId: string;
  attempts: number;
  handovers: number;
  firstTriedAt: Date;
}

type Failure = Pick<DeliveryError, 'outcome' | 'message'> & { step: string };

/** What is no word of a mail server is wrong with the message itself, and would be again. */
function failureOf(error: unknown): Failure {
  if (error instanceof DeliveryError) return error;
  if (error instanceof Refusal) return { step: 'address', outcome: 'never', message: error.message };
  return { step: 'message', outcome: 'later', message: reasonOf(error) };
}

async function readMessage(pool: pg.Pool, { id }: Taken): Promise<MailMessage> {
  const { rows } = await pool.query<MailMessage & { unsubscribe: string | null }>(readContent, [id]);
  const [row] = rows;
  if (!row) throw new Error(`Message ${id} is gone from the outbox.`);
  const attached = await pool.query<MailMessage['attachments'][number]>(readAttachments, [id]);
  const { to, subject, text, html, unsubscribe } = row;
  return { to, subject, text, html, attachments: attached.rows, ...(unsubscribe !== null && { listUnsubscribe: unsubscribe }) };
}

const readContent = `
select jsonb_build_object('name', recipient_name, 'address', recipient) as "to", subject, text_body as text, html_body as html,
  list_unsubscribe as unsubscribe
from app.mail
where id = $1`;

const readAttachments = `
select attachment.file_name as "fileName", attachment.content_type as "contentType", file.bytes
from app.mail_attachment attachment
join app.mail_file file using (sha256)
where attachment.mail_id = $1
order by attachment.position`;

/** $1 now, $2 holder, $3 end of the lease, $4 host of the Message-ID. */
const takeDue = `
with due_mail as (
  select id
  from app.mail
  where state in ('queued', 'unknown')
    and due_at <= $1
  order by due_at, queued_at, id
  limit 1
  for update skip locked
)
update app.mail mail
set state = 'sending',
  token = mail.token + 1,
  attempts = mail.attempts + 1,
  holder = $2,
  lease_until = $3,
  is_handed_over = false,
  first_tried_at = coalesce(mail.first_tried_at, $1),
  message_id = coalesce(mail.message_id, '<' || mail.identity || '@' || $4 || '>')
from due_mail
where mail.id = due_mail.id
returning mail.id, mail.token, mail.message_id as "messageId", mail.attempts, mail.handovers, mail.first_tried_at as "firstTriedAt"`;

/** $1 message, $2 token, $3 end of the lease. */
const markHandedOver = `
update app.mail
set is_handed_over = true,
  lease_until = $3
where id = $1
  and token = $2
  and state = 'sending'`;

/** $1 message, $2 token, $3 now, $4 by what. An answer that comes after the lease has ended still holds, until another tries. */
const settleSent = `
with sent_mail as (
  update app.mail
  set state = 'sent', sent_at = $3, sent_by = $4, due_at = null, lease_until = null, reason = null, answer = null
  where id = $1
    and token = $2
  returning id
)
delete from app.mail_attachment
where mail_id in (select id from sent_mail)`;

/** $1 message, $2 token, $3 state, $4 when next, $5 times handed over, $6 reason, $7 the server's words. */
const settleFailed = `
update app.mail
set state = $3, due_at = $4, handovers = $5, reason = $6, answer = $7, lease_until = null
where id = $1
  and token = $2
  and state = 'sending'`;

/** $1 now, $2 when an ambiguous one is tried again. */
const takeUpAbandoned = `
update app.mail
set state = case when is_handed_over or handovers > 0 then 'unknown' else 'queued' end,
  due_at = case
    when not is_handed_over then $1::timestamptz
    when handovers = 0 then $2::timestamptz
  end,
  handovers = handovers + is_handed_over::int,
  reason = 'abandoned',
  answer = null,
  lease_until = null
where state = 'sending'
  and lease_until < $1`;
