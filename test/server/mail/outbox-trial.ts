import type pg from 'pg';
import type { Delivery } from '#server/mail/delivery.js';
import { enqueueMail } from '#server/mail/outbox.js';
import { OutboxSender, type SenderOptions } from '#server/mail/send-due.js';
import type { MailMessage } from '#server/mail/message.js';

/** A clock that a test sets. */
export class TrialClock {
  constructor(public at = new Date('2026-03-02T08:00:00Z')) {}

  readonly now = (): Date => this.at;

  passMinutes(minutes: number): void {
    this.at = new Date(this.at.getTime() + minutes * 60_000);
  }
}

export function trialMessage(told: Partial<MailMessage> = {}): MailMessage {
  return {
    to: { name: 'Ada', address: 'ada@company.test' },
    subject: 'Summary of the week',
    text: 'All is well.',
    html: '<p>All is well.</p>',
    attachments: [],
    ...told,
  };
}

export function trialSender(pool: pg.Pool, delivery: Delivery, clock: TrialClock, told: Partial<SenderOptions> = {}): OutboxSender {
  const settings = { from: { name: 'Reports', address: 'reports@company.test' }, domains: [] };
  return new OutboxSender(pool, { settings, delivery, now: clock.now, ...told });
}

/** Puts in a message to each of as many people: `reader0@company.test` and on. */
export async function enqueueMany(pool: pg.Pool, key: string, count: number): Promise<void> {
  for (let index = 0; index < count; index++)
    await enqueueMail(pool, key, trialMessage({ to: { name: `Reader ${index}`, address: `reader${index}@company.test` } }));
}

export interface MailState {
  state: string;
  reason: string | null;
  answer: string | null;
  attempts: number;
  handovers: number;
}

export async function stateOf(pool: pg.Pool, key: string): Promise<MailState[]> {
  const { rows } = await pool.query<MailState>(
    'select state, reason, answer, attempts, handovers from app.mail where key = $1 order by recipient',
    [key],
  );
  return rows;
}
