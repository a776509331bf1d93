import { beforeEach, expect, test } from 'vitest';
import { DeliveryError } from '#server/mail/delivery.js';
import { countMessages, dropLooseFiles, readMessages, retryFailed, retryMessage } from '#server/mail/messages.js';
import { enqueueMail } from '#server/mail/outbox.js';
import { testDatabase } from '../../support/database.js';
import { TrialClock, trialMessage, trialSender } from './outbox-trial.js';

const { pool } = await testDatabase();
const clock = new TrialClock();

const refusing = {
  by: 'smtp' as const,
  deliver: () => Promise.reject(new DeliveryError('recipient', 'never', '550 Nobody here')),
};
const taking = { by: 'smtp' as const, deliver: (_letter: unknown, onHandover: () => Promise<void>) => onHandover() };

beforeEach(() => pool.query('delete from app.mail'));

test('a message says how far it got and why', async () => {
  await enqueueMail(pool, 'failed', trialMessage(), { kind: 'trial', id: '1' });
  await trialSender(pool, refusing, clock).sendDue();
  await enqueueMail(pool, 'waiting', trialMessage({ to: { name: '', address: 'bo@company.test' } }));
  expect(await readMessages(pool, { about: { kind: 'trial', id: '1' } })).toMatchObject([
    {
      recipient: 'ada@company.test',
      state: 'failed',
      reason: 'recipient',
      answer: '550 Nobody here',
      attempts: 1,
      nextAt: null,
      sentAt: null,
    },
  ]);
  expect(await countMessages(pool)).toEqual({ queued: 1, sending: 0, sent: 0, unknown: 0, failed: 1 });
  const [waiting] = await readMessages(pool, { state: 'queued' });
  expect(waiting?.nextAt).toBe(waiting?.queuedAt);
});

test('what failed is tried again when a person says so, and what was sent is not', async () => {
  const { id } = await enqueueMail(pool, 'again', trialMessage());
  await trialSender(pool, refusing, clock).sendDue();
  expect(await retryMessage(pool, id, clock.now())).toMatchObject({ state: 'queued', nextAt: '2026-03-02T08:00:00.000Z' });
  await trialSender(pool, taking, clock).sendDue();
  await expect(retryMessage(pool, id, clock.now())).rejects.toThrow(`Message ${id} is sent; only one that is queued, unknown or failed`);
  await expect(retryMessage(pool, '00000000-0000-4000-8000-000000000000', clock.now())).rejects.toThrow('There is no message');
});

test('everything that failed is tried again at once', async () => {
  for (const key of ['one', 'two']) await enqueueMail(pool, key, trialMessage());
  await trialSender(pool, refusing, clock).sendDue();
  expect(await retryFailed(pool, clock.now())).toBe(2);
  expect(await countMessages(pool)).toMatchObject({ queued: 2, failed: 0 });
});

test('a file goes a day after no message has it', async () => {
  const file = { fileName: 'a.pdf', contentType: 'application/pdf', bytes: new Uint8Array([1, 2, 3]) };
  await enqueueMail(pool, 'with a file', trialMessage({ attachments: [file] }));
  await pool.query(`update app.mail_file set kept_at = now() - interval '2 days'`);
  await dropLooseFiles(pool);
  expect((await pool.query('select from app.mail_file')).rowCount).toBe(1);
  await trialSender(pool, taking, clock).sendDue();
  await dropLooseFiles(pool);
  expect((await pool.query('select from app.mail_file')).rowCount).toBe(0);
});
