import { afterAll, expect, test } from 'vitest';
import type { HealthCheck } from '#server/api.js';
import { enqueueMail } from '#server/mail/outbox.js';
import { registerDoctorCommand } from '#server/health/doctor.cli.js';
import { testDatabase } from '../../support/database.js';
import { runCommand } from '../dashboards/command-line.js';
import { dropLogins } from '../workbench/analysts.js';

const { pool } = await testDatabase();
afterAll(() => dropLogins(pool));

async function check(known: string): Promise<HealthCheck | undefined> {
  const { printed } = await runCommand(pool, registerDoctorCommand, ['doctor', '--json']);
  const [checks] = printed as [HealthCheck[]];
  return checks.find(({ id }) => id === known);
}

test('tries the attacks of the workbench', async () => {
  expect(await check('workbench')).toMatchObject({ state: 'ok', found: 'on', remedies: [] });
});

test('finds mail that failed, and says why and what to do', async () => {
  expect(await check('mail')).toMatchObject({ found: expect.stringContaining('0 failed, 0 tried and waiting'), state: 'ok', remedies: [] });
  const message = {
    to: { name: 'Ada', address: 'ada@example.test' },
    subject: 'Weekly',
    text: 'text',
    html: '<p>text</p>',
    attachments: [],
  };
  await enqueueMail(pool, 'one', message);
  await pool.query(`update app.mail set state = 'failed', due_at = null, attempts = 1, reason = '550 no such user'`);
  expect(await check('mail')).toMatchObject({
    found: expect.stringContaining('in 30 days 1 failed, 0 tried and waiting'),
    state: 'warning',
    remedies: ['The latest failed because: 550 no such user. See "throughline mail list", mend it and say "throughline mail retry".'],
  });
});

test('finds scheduled exports whose last run failed, and says where they were to go, why and what to do', async () => {
  expect(await check('exports')).toMatchObject({ found: '0 by schedule; the last time 0 of them failed', state: 'ok', remedies: [] });
  const destination = {
    kind: 'bucket',
    endpoint: 'https://s3.test/',
    region: 'eu-1',
    bucket: 'files',
    prefix: 'daily/',
    accessKeyId: 'A1',
  };
  await pool.query(
    `with kept as (
      insert into app.export_schedule (name, owner, source, format, is_raw, destination, rhythm, zone, planned_to)
      select name, 'Ada', '{}', 'csv', false, $1, '{}', 'UTC', now() from unnest(array['Mended', 'Refused']) name
      returning id, name
    )
    insert into app.export_due (schedule_id, zone, local_due, due_at, next_at, status, detail, finished_at, file)
    select kept.id, 'UTC', told.due, told.due, told.due, told.status, told.detail, now(), case told.status when 'made' then '{}'::jsonb end
    from kept
    join (values
      ('Mended', timestamp '2026-03-01 08:00', 'failed', 'The disk is full.'),
      ('Mended', '2026-03-02 08:00', 'made', null),
      ('Refused', '2026-03-02 08:00', 'failed', 's3.test answered 403 (AccessDenied).')
    ) told (name, due, status, detail) on told.name = kept.name`,
    [JSON.stringify(destination)],
  );
  expect(await check('exports')).toMatchObject({
    found: '2 by schedule; the last time 1 of them failed',
    state: 'warning',
    remedies: [
      '"Refused" to s3://files/daily/ failed: s3.test answered 403 (AccessDenied). Mend it and say "throughline export-schedule run NAME", or try again under Exports.',
    ],
  });
});
