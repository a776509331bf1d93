import { expect, test } from 'vitest';
import type { HealthCheck } from '#server/api.js';
import { enqueueMail } from '#server/mail/outbox.js';
import { registerDoctorCommand } from '#server/health/doctor.cli.js';
import { testDatabase } from '../../support/database.js';
import { runCommand } from '../dashboards/command-line.js';

const { pool } = await testDatabase();

async function mail(): Promise<unknown> {
  const { printed } = await runCommand(pool, registerDoctorCommand, ['doctor', '--json']);
  const [checks] = printed as [HealthCheck[]];
  return checks.find(({ id }) => id === 'mail');
}

test('finds mail that failed, and says why and what to do', async () => {
  expect(await mail()).toMatchObject({ found: expect.stringContaining('0 failed, 0 tried and waiting'), state: 'ok', remedies: [] });
  const message = {
    to: { name: 'Ada', address: 'ada@example.test' },
    subject: 'Weekly',
    text: 'text',
    html: '<p>text</p>',
    attachments: [],
  };
  await enqueueMail(pool, 'one', message);
  await pool.query(`update app.mail set state = 'failed', due_at = null, attempts = 1, reason = '550 no such user'`);
  expect(await mail()).toMatchObject({
    found: expect.stringContaining('in 30 days 1 failed, 0 tried and waiting'),
    state: 'warning',
    remedies: ['The latest failed because: 550 no such user. See "throughline mail list", mend it and say "throughline mail retry".'],
  });
});
