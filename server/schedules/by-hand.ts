import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { translator } from '#dashboards/i18n/messages.js';
import type { MailLine, Schedule } from '../api.js';
import type { MailAddress } from '../mail/message.js';
import { readMessages } from '../mail/messages.js';
import { enqueueMail } from '../mail/outbox.js';
import { Conflict } from '../refusal.js';
import type { MadeReport } from '../reports/made-report.js';
import { makeDue, reportLedger } from './ledger.js';
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
  const made = await makeDue(pool, reportLedger, id, zones, now);
  if (made === 0) throw new Conflict(`"${name}" was sent today, or is being sent; it goes out once a day. Try again what failed of it.`);
  return made;
}
